package chat.jovial.client.trigger;

import chat.jovial.client.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Matcher of events against the fields that a trigger waits for. */
final class Matcher {
  private Matcher() {}

  static boolean matches(Map<String, ?> where, JsonNode event) {
    for (Map.Entry<String, ?> field : where.entrySet()) {
      JsonNode value = at(event, field.getKey());
      if (!matches(value, Json.MAPPER.valueToTree(field.getValue()))) {
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
    if (wanted.isArray()) {
      for (JsonNode one : wanted) {
        if (isSame(value, one)) {
          return true;
        }
      }
      return false;
    }
    if (wanted.isObject() && wanted.size() == 1 && wanted.has("exists")) {
      boolean exists = !value.isMissingNode() && !value.isNull();
      return exists == wanted.path("exists").asBoolean();
    }
    return isSame(value, wanted);
  }

  private static boolean isSame(JsonNode value, JsonNode wanted) {
    return value.isNumber() && wanted.isNumber()
        ? value.decimalValue().compareTo(wanted.decimalValue()) == 0
        : value.equals(wanted);
  }
}
