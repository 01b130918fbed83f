package chat.jovial.model.receipt;

import chat.jovial.model.Bounds;
import chat.jovial.model.Experiment;
import chat.jovial.model.Experiments;
import chat.jovial.model.Model;
import chat.jovial.model.Models;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the build explores of receipts. */
public final class ReceiptExperiments {
  public static final String NAME = "receipt";

  private static final String BOUNDS = "entries=2 owners=2 crashes=1 writes=2";

  private ReceiptExperiments() {}

  public static Model model(Bounds bounds, Set<String> without) {
    EnumSet<ReceiptRule> rules = EnumSet.noneOf(ReceiptRule.class);
    rules.addAll(Models.rules(ReceiptRule.class, without));
    return new ReceiptModel(bounds, rules);
  }

  public static List<Experiment> all() {
    Experiments experiments = new Experiments(NAME).holds(BOUNDS);
    for (ReceiptRule rule : ReceiptRule.values()) {
      experiments.breaks(rule, BOUNDS);
    }
    return experiments.all();
  }
}
