package chat.jovial.model.explore;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Bounds of a model, named numbers and words: {@code owners=2 messages=mm}. */
public final class Bounds {
  private final Map<String, String> values;

  private Bounds(Map<String, String> values) {
    this.values = values;
  }

  public static Bounds of(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    Arrays.stream(text.split("\\s+"))
        .filter(word -> !word.isEmpty())
        .forEach(
            word -> {
              String[] parts = word.split("=", 2);
              if (parts.length < 2) {
                throw new IllegalArgumentException(word + " is not of the form name=value");
              }
              values.put(parts[0], parts[1]);
            });
    return new Bounds(values);
  }

  public int number(String name, int otherwise) {
    return Integer.parseInt(values.getOrDefault(name, "" + otherwise));
  }

  public String word(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** Refuses a name that is not known. */
  public Bounds check(Set<String> known) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "there is no bound " + name + "; there are " + String.join(", ", known));
      }
    }
    return this;
  }

  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(value -> value.getKey() + "=" + value.getValue())
        .collect(Collectors.joining(" "));
  }
}
