package chat.jovial.client.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Body of an entry: a JSON object with a {@code type}. Immutable, kept as its text. */
public final class Body {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private final String json;

  private Body(String json) {
    this.json = json;
  }

  /** A text message. */
  public static Body text(String text) {
    return of(Map.of("type", "text", "text", text));
  }

  /**
   * A body of any type.
   *
   * @param fields {@code type} and whatever belongs to it: maps, lists, strings, numbers, booleans
   */
  public static Body of(Map<String, ?> fields) {
    if (!(fields.get("type") instanceof String)) {
      throw new IllegalArgumentException("A body needs a field 'type' that is a string.");
    }
    try {
      return new Body(MAPPER.writeValueAsString(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This body is no JSON: " + e.getMessage(), e);
    }
  }

  /** A body from the text of a JSON object. */
  public static Body ofJson(String json) {
    Body body = new Body(json);
    if (!body.tree().isObject()) {
      throw new IllegalArgumentException("A body is a JSON object.");
    }
    return body;
  }

  /** {@code text}, {@code file}, {@code location}, {@code custom} or another; empty if unknown. */
  public String type() {
    return tree().path("type").asText();
  }

  /** The text of a body of type {@code text}, else null. */
  public @Nullable String text() {
    return tree().path("text").textValue();
  }

  /** All fields. */
  public Map<String, Object> fields() {
    return MAPPER.convertValue(tree(), MAP);
  }

  /** The object as JSON text. */
  public String json() {
    return json;
  }

  /** The object as Jackson's tree. */
  public JsonNode tree() {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This body is no JSON.", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Body body && (json.equals(body.json) || tree().equals(body.tree()));
  }

  @Override
  public int hashCode() {
    return tree().hashCode();
  }

  /** Never the content: bodies stay out of logs. */
  @Override
  public String toString() {
    return "Body[" + json.length() + " characters]";
  }
}
