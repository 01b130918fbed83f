package chat.jovial.bench.chaos.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counter of how often each rule was broken, with the first cases in words. Confined to one thread.
 */
public final class Findings {
  /** Cases kept in words for each rule. */
  private static final int MAX_EXAMPLES = 5;

  private final Map<Rule, Long> counts = new EnumMap<>(Rule.class);
  private final Map<Rule, List<String>> examples = new EnumMap<>(Rule.class);

  void add(Rule rule, String what) {
    counts.merge(rule, 1L, Long::sum);
    List<String> said = examples.computeIfAbsent(rule, any -> new ArrayList<>());
    if (said.size() < MAX_EXAMPLES) {
      said.add(what);
    }
  }

  public boolean isClean() {
    return counts.isEmpty();
  }

  public long count(Rule rule) {
    return counts.getOrDefault(rule, 0L);
  }

  /** Only rules that were broken. */
  public Map<Rule, Long> counts() {
    return counts;
  }

  public List<String> examples(Rule rule) {
    return examples.getOrDefault(rule, List.of());
  }
}
