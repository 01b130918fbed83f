package chat.jovial.contract.mds;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Checks of the body types that Jovial knows; other types are the app's business. */
final class BodyForms {
  private static final int MAX_NAME_CHARACTERS = 255;
  private static final int MAX_TOKEN_CHARACTERS = 4096;
  private static final int MAX_LATITUDE = 90;
  private static final int MAX_LONGITUDE = 180;

  private BodyForms() {}

  static @Nullable JovialException problemOf(String type, JsonNode body) {
    try {
      switch (type) {
        case "file" -> checkFile(body);
        case "location" -> checkLocation(body);
        case "custom" -> {
          if (!body.has("data")) {
            throw JovialException.invalid("body.data is missing");
          }
        }
        default -> {}
      }
      return null;
    } catch (JovialException problem) {
      return problem;
    }
  }

  private static void checkFile(JsonNode body) {
    if (!body.has("file_id")) {
      throw JovialException.invalid("body.file_id is missing");
    }
    checkText(body, "file_id", Ids.MAX_LENGTH);
    checkText(body, "name", MAX_NAME_CHARACTERS);
    checkText(body, "mime_type", MAX_NAME_CHARACTERS);
    checkText(body, "file_token", MAX_TOKEN_CHARACTERS);
    JsonNode size = body.get("size");
    if (size != null && (!size.isIntegralNumber() || !size.canConvertToLong())) {
      throw JovialException.invalid("body.size must be a whole number of bytes");
    }
    if (size != null) {
      Checks.checkRange("body.size", size.longValue(), 0, Long.MAX_VALUE);
    }
  }

  private static void checkLocation(JsonNode body) {
    checkDegrees(body, "latitude", MAX_LATITUDE);
    checkDegrees(body, "longitude", MAX_LONGITUDE);
    checkText(body, "name", MAX_NAME_CHARACTERS);
  }

  private static void checkDegrees(JsonNode body, String field, int max) {
    JsonNode value = body.get(field);
    boolean fits =
        value != null && value.isNumber() && Math.abs(value.doubleValue()) <= (double) max;
    if (!fits) {
      throw JovialException.invalid(
          "body." + field + " must be a number from -" + max + " to " + max);
    }
  }

  private static void checkText(JsonNode body, String field, int maxCharacters) {
    JsonNode value = body.get(field);
    if (value == null) {
      return;
    }
    if (!value.isTextual()) {
      throw JovialException.invalid("body." + field + " must be a string");
    }
    Checks.checkText("body." + field, value.textValue(), maxCharacters);
  }
}
