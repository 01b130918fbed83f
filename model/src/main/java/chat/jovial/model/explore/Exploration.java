package chat.jovial.model.explore;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Result of an exploration.
 *
 * @param goals states in which the work was done
 * @param complete whether every reachable state was met
 * @param violation of the first bad state by depth, or null
 * @param trace the shortest way to it, in words; its last lines show the bad state
 */
public record Exploration(
    int states,
    long transitions,
    int depth,
    int goals,
    boolean complete,
    double seconds,
    @Nullable String violation,
    List<String> trace) {

  /** One line. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%,d states, %,d transitions, depth %d%s, %,d states with the work done, %.1f s: %s",
        states,
        transitions,
        depth,
        complete ? " (complete)" : " (not complete)",
        goals,
        seconds,
        violation == null ? "no violation" : violation);
  }
}
