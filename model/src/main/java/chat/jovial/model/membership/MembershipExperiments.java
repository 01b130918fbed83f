package chat.jovial.model.membership;

import chat.jovial.model.Bounds;
import chat.jovial.model.Experiment;
import chat.jovial.model.Experiments;
import chat.jovial.model.Model;
import chat.jovial.model.Models;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the build explores of membership. */
public final class MembershipExperiments {
  public static final String NAME = "membership";

  private static final String BOUNDS = "entries=4 queued=2";

  private MembershipExperiments() {}

  public static Model model(Bounds bounds, Set<String> without) {
    EnumSet<MembershipRule> rules = EnumSet.noneOf(MembershipRule.class);
    rules.addAll(Models.rules(MembershipRule.class, without));
    return new MembershipModel(bounds, rules);
  }

  public static List<Experiment> all() {
    Experiments experiments = new Experiments(NAME).holds(BOUNDS);
    for (MembershipRule rule : MembershipRule.values()) {
      experiments.breaks(rule, BOUNDS);
    }
    return experiments.all();
  }
}
