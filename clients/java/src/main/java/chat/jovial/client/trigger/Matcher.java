package chat.jovial.client.trigger;

import chat.jovial.client.json.Json;
import chat.jovial.client.model.Entry;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Whether an entry is what a trigger waits for. */
final class Matcher {
  private Matcher() {}

  static boolean matches(Trigger trigger, Entry entry) {
    if (!entry.is(trigger.on())) {
      return false;
    }
    if (trigger.where().isEmpty()) {
      return true;
    }
    JsonNode json = Json.of(entry);
    for (Map.Entry<String, ?> field : trigger.where().entrySet()) {
      if (!matches(at(json, field.getKey()), Json.MAPPER.valueToTree(field.getValue()))) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode at(JsonNode json, String path) {
    JsonNode at = json;
    for (String name : path.split("\\.", -1)) {
      at = at.path(name);
    }
    return at;
  }

  private static boolean matches(JsonNode value, JsonNode wanted) {
    if (wanted.isArray() && !value.isArray()) {
      for (JsonNode one : wanted) {
        if (matches(value, one)) {
          return true;
        }
      }
      return false;
    }
    return value.isNumber() && wanted.isNumber()
        ? value.decimalValue().compareTo(wanted.decimalValue()) == 0
        : value.equals(wanted);
  }
}
