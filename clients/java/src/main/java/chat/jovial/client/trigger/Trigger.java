package chat.jovial.client.trigger;

import chat.jovial.client.model.Entry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A rule on the device: for each entry of one kind whose fields match, do something.
 *
 * @param name under this name the kit remembers, over restarts, what the rule has seen
 * @param on {@code message}, {@code edit}, {@code redaction} or {@code reaction}
 * @param where fields that must match, by the names of the wire ({@code sender_id}, {@code
 *     body.type}): a value, or a list of which one must match
 * @param priority the higher comes first
 * @param action what to do; its failure is logged and harms nothing else
 */
public record Trigger(
    String name, String on, Map<String, ?> where, int priority, Consumer<Entry> action) {
  public Trigger {
    if (name.isBlank() || on.isBlank()) {
      throw new IllegalArgumentException("A trigger needs a name, and what it is on.");
    }
    where = Map.copyOf(where);
  }

  /** A trigger on all messages; narrow it with {@link #where} and give it something to do. */
  public static Trigger on(String kind, String name) {
    return new Trigger(name, kind, Map.of(), 0, entry -> {});
  }

  public Trigger where(String field, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(where);
    more.put(field, value);
    return new Trigger(name, on, more, priority, action);
  }

  public Trigger withPriority(int higherFirst) {
    return new Trigger(name, on, where, higherFirst, action);
  }

  /** What to do; runs where the client's listeners run. */
  public Trigger then(Consumer<Entry> nextAction) {
    return new Trigger(name, on, where, priority, nextAction);
  }
}
