package chat.jovial.client.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rule on the device: for what matches, do something.
 *
 * @param name under this name the kit remembers, over restarts, what the rule has seen
 * @param on {@code message}, {@code edit}, {@code redaction} or {@code reaction}; or {@code
 *     receipt}, {@code typing}, {@code presence}, which are told live only
 * @param where fields that must match, by the names of the wire ({@code sender_id}, {@code
 *     body.type}): a value, a list of which one must match, or {@code Map.of("exists", true)}
 * @param priority the higher comes first
 */
public record Trigger(
    String name, String on, Map<String, ?> where, int priority, TriggerAction action) {
  public Trigger {
    if (name.isBlank() || on.isBlank()) {
      throw new IllegalArgumentException("A trigger needs a name, and what it is on.");
    }
    where = Map.copyOf(where);
  }

  /** A trigger on all of one kind; narrow it with {@link #where}, and say what it does. */
  public static Trigger on(String kind, String name) {
    return new Trigger(name, kind, Map.of(), 0, event -> {});
  }

  public Trigger where(String field, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(where);
    more.put(field, value);
    return new Trigger(name, on, more, priority, action);
  }

  /** For the kit: whether an event has the fields that this waits for. */
  public boolean matches(JsonNode event) {
    return Matcher.matches(where, event);
  }

  public Trigger priority(int higherFirst) {
    return new Trigger(name, on, where, higherFirst, action);
  }

  /** What to do; runs where the client's listeners run. */
  public Trigger then(TriggerAction nextAction) {
    return new Trigger(name, on, where, priority, nextAction);
  }
}
