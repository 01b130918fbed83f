package chat.jovial.model;

import chat.jovial.model.explore.Bounds;
import chat.jovial.model.explore.Experiment;
import chat.jovial.model.explore.Model;
import chat.jovial.model.explore.Rule;
import chat.jovial.model.lease.LeaseExperiments;
import chat.jovial.model.log.LogExperiments;
import chat.jovial.model.membership.MembershipExperiments;
import chat.jovial.model.receipt.ReceiptExperiments;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Catalogue of the models, by name. */
public final class Models {
  private Models() {}

  /** Makes a model with these bounds, without the rules of these names. */
  @FunctionalInterface
  public interface Maker {
    Model make(Bounds bounds, Set<String> without);
  }

  private static final Map<String, Maker> MAKERS =
      new TreeMap<>(
          Map.of(
              LogExperiments.NAME, LogExperiments::model,
              LeaseExperiments.NAME, LeaseExperiments::model,
              ReceiptExperiments.NAME, ReceiptExperiments::model,
              MembershipExperiments.NAME, MembershipExperiments::model));

  public static Model make(String name, Bounds bounds, Set<String> without) {
    Maker maker = MAKERS.get(name);
    if (maker == null) {
      throw new IllegalArgumentException(
          "there is no model " + name + "; there are " + String.join(", ", MAKERS.keySet()));
    }
    return maker.make(bounds, without);
  }

  public static Model make(Experiment experiment) {
    Rule rule = experiment.without();
    return make(
        experiment.model(),
        Bounds.of(experiment.bounds()),
        rule == null ? Set.of() : Set.of(rule.name()));
  }

  public static List<Experiment> experiments() {
    return Stream.of(
            LogExperiments.all(),
            LeaseExperiments.all(),
            ReceiptExperiments.all(),
            MembershipExperiments.all())
        .flatMap(List::stream)
        .toList();
  }
}
