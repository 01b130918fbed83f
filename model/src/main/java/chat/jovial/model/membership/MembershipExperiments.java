package chat.jovial.model.membership;

import chat.jovial.model.explore.Bounds;
import chat.jovial.model.explore.Experiment;
import chat.jovial.model.explore.Experiments;
import chat.jovial.model.explore.Model;
import chat.jovial.model.explore.Rule;
import java.util.List;
import java.util.Set;

/** Explorations that the build runs of membership. */
public final class MembershipExperiments {
  public static final String NAME = "membership";

  private static final String BOUNDS = "entries=4 queued=2";

  private MembershipExperiments() {}

  public static Model model(Bounds bounds, Set<String> without) {
    return new MembershipModel(bounds, Rule.named(MembershipRule.class, without));
  }

  public static List<Experiment> all() {
    Experiments experiments = new Experiments(NAME).holds(BOUNDS);
    for (MembershipRule rule : MembershipRule.values()) {
      experiments.breaks(rule, BOUNDS);
    }
    return experiments.all();
  }
}
