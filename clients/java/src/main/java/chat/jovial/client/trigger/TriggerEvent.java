package chat.jovial.client.trigger;

import chat.jovial.client.json.Json;
import chat.jovial.client.model.Entry;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Event for which a trigger fires. Valid while the action runs. */
public final class TriggerEvent {
  private final @Nullable Entry entry;
  private final JsonNode json;
  private final Map<String, String> puts = new LinkedHashMap<>();
  private boolean over;

  /** For the kit. */
  public TriggerEvent(@Nullable Entry entry, JsonNode json) {
    this.entry = entry;
    this.json = json;
  }

  /** The entry; null for a receipt, typing or presence. */
  public @Nullable Entry entry() {
    return entry;
  }

  /** The fields by the names of the wire. */
  public Map<String, Object> fields() {
    return Json.toMap(json);
  }

  /**
   * Keeps a value in the local store, in one commit with the note that the trigger fired: exactly
   * once, whatever crashes. {@code JovialClient.kept} reads it.
   *
   * @param value what JSON can hold
   */
  public synchronized void put(String key, Object value) {
    if (!over) {
      puts.put(key, Json.MAPPER.valueToTree(value).toString());
    }
  }

  /** For the kit: what was put; nothing more can be. */
  public synchronized Map<String, String> end() {
    over = true;
    return puts;
  }
}
