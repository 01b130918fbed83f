package chat.jovial.model.receipt;

import chat.jovial.model.explore.Bounds;
import chat.jovial.model.explore.Experiment;
import chat.jovial.model.explore.Experiments;
import chat.jovial.model.explore.Model;
import chat.jovial.model.explore.Rule;
import java.util.List;
import java.util.Set;

/** Explorations that the build runs of receipts. */
public final class ReceiptExperiments {
  public static final String NAME = "receipt";

  private static final String BOUNDS = "entries=2 owners=2 crashes=1 writes=2";

  private ReceiptExperiments() {}

  public static Model model(Bounds bounds, Set<String> without) {
    return new ReceiptModel(bounds, Rule.named(ReceiptRule.class, without));
  }

  public static List<Experiment> all() {
    Experiments experiments = new Experiments(NAME).holds(BOUNDS);
    for (ReceiptRule rule : ReceiptRule.values()) {
      experiments.breaks(rule, BOUNDS);
    }
    return experiments.all();
  }
}
