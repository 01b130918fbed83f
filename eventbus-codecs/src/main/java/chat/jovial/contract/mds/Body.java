package chat.jovial.contract.mds;

import chat.jovial.contract.Checks;
import chat.jovial.contract.JovialException;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Content of a message: a JSON object with a {@code type}. It is checked once, when it arrives, and
 * from then on carried and stored as its text, which nobody needs to parse again.
 */
public final class Body {
  private static final String TEXT = "text";
  private static final int MAX_TYPE_CHARACTERS = 64;

  private final String json;

  /** Why this is not what a body of its type must be; only what clients send is refused for it. */
  private final @Nullable JovialException problem;

  // Jackson takes even a private constructor from a string for a way to read one, unchecked.
  @JsonCreator(mode = JsonCreator.Mode.DISABLED)
  private Body(String json, @Nullable JovialException problem) {
    this.json = json;
    this.problem = problem;
  }

  /** A body that a client sent. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Body of(JsonNode node) {
    if (!node.isObject()) {
      throw JovialException.invalid("body must be an object");
    }
    JsonNode type = node.get("type");
    if (type == null || !type.isTextual()) {
      throw JovialException.invalid("body.type is missing or not a string");
    }
    Checks.checkText("body.type", type.textValue(), MAX_TYPE_CHARACTERS);
    if (TEXT.equals(type.textValue())) {
      JsonNode text = node.get(TEXT);
      if (text == null || !text.isTextual()) {
        throw JovialException.invalid("body.text is missing or not a string");
      }
      Checks.checkText("body.text", text.textValue(), Integer.MAX_VALUE);
    }
    String json = node.toString();
    return new Body(
        Checks.checkText("body", json, Integer.MAX_VALUE),
        BodyForms.problemOf(type.textValue(), node));
  }

  /** A body that was checked before it was stored. */
  public static Body ofStored(String json) {
    return new Body(json, null);
  }

  /**
   * Refuses a body that lacks what its type needs. Not done for entries that are read: a type may
   * be checked only since a later release than the one that accepted the message.
   */
  public void checkForm() {
    if (problem != null) {
      throw problem;
    }
  }

  /** The object as JSON text. */
  @JsonValue
  @JsonRawValue
  public String json() {
    return json;
  }

  /** Whether the other says the same, written in whatever way; see {@link JsonMeaning}. */
  public boolean isSameAs(Body other) {
    return json.equals(other.json) || JsonMeaning.isSame(json, other.json);
  }

  /** Bytes of the text in UTF-8. */
  public int sizeInBytes() {
    int size = 0;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      // Each half of a surrogate pair stands for two of the pair's four bytes.
      size += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return size;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Body body && body.json.equals(json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  /** Never the content: bodies stay out of logs. */
  @Override
  public String toString() {
    return "Body[" + json.length() + " characters]";
  }
}
