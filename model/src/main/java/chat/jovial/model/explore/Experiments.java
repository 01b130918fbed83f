package chat.jovial.model.explore;

import java.util.ArrayList;
import java.util.List;

/** List of the explorations of one model, in the order of the table in model/README.md. */
public final class Experiments {
  private final String model;
  private final List<Experiment> all = new ArrayList<>();

  public Experiments(String model) {
    this.model = model;
  }

  /** All rules are followed: no violation, and every reachable state is met. */
  public Experiments holds(String bounds) {
    all.add(new Experiment(model, null, bounds, null));
    return this;
  }

  /** Without the rule there is a violation. */
  public Experiments breaks(Rule without, String bounds) {
    all.add(new Experiment(model, without, bounds, null));
    return this;
  }

  /** Without the rule nothing that is modelled breaks. */
  public Experiments isKept(Rule without, String bounds, String because) {
    all.add(new Experiment(model, without, bounds, because));
    return this;
  }

  public List<Experiment> all() {
    return List.copyOf(all);
  }
}
