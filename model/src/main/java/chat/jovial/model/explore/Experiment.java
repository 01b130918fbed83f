package chat.jovial.model.explore;

import org.jspecify.annotations.Nullable;

/**
 * Exploration that is part of the build.
 *
 * @param model its name
 * @param without the rule that is left out; null if all are followed
 * @param bounds as on the command line
 * @param keptBecause why a rule is kept although leaving it out breaks nothing that is modelled;
 *     null if leaving it out must give a violation
 */
public record Experiment(
    String model, @Nullable Rule without, String bounds, @Nullable String keptBecause) {

  public boolean expectsViolation() {
    return without != null && keptBecause == null;
  }

  @Override
  public String toString() {
    return model + " " + bounds + (without == null ? "" : " without=" + without.name());
  }
}
