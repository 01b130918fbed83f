package chat.jovial.client.json;

import chat.jovial.client.model.Body;
import chat.jovial.client.model.Entry;
import chat.jovial.client.model.JovialException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Codec for the wire's JSON: snake_case names, RFC 3339 times. Unknown fields are ignored. */
public final class Json {
  /** Shared, never changed after this. */
  public static final ObjectMapper MAPPER = new ObjectMapper();

  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private Json() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static byte[] bytes(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public static JsonNode read(byte[] json) throws IOException {
    return MAPPER.readTree(json);
  }

  public static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is no JSON.", e);
    }
  }

  /**
   * An entry from its JSON.
   *
   * @throws IllegalArgumentException if a field without which it is nothing is missing
   */
  public static Entry entry(JsonNode json) {
    JsonNode body = json.get("body");
    Instant storedAt = requiredTime(json, "stored_at");
    Instant sentAt = time(json, "sent_at");
    return new Entry(
        required(json, "conversation_id"),
        requiredNumber(json, "seq"),
        required(json, "sender_id"),
        text(json, "recipient_id"),
        textOr(json, "device_id", ""),
        textOr(json, "client_id", ""),
        sentAt == null ? storedAt : sentAt,
        storedAt,
        textOr(json, "kind", "message"),
        body == null || !body.isObject() ? null : Body.ofJson(body.toString()),
        number(json, "reply_to"),
        number(json, "target"),
        time(json, "expires_at"),
        text(json, "removed"));
  }

  /** Any value, as a plain map, list, string, number or boolean. */
  public static Object plain(JsonNode json) {
    return MAPPER.convertValue(json, Object.class);
  }

  /** An object's fields, as plain maps, lists, strings, numbers and booleans. */
  public static Map<String, Object> toMap(JsonNode json) {
    return MAPPER.convertValue(json, MAP);
  }

  public static ObjectNode of(Entry entry) {
    ObjectNode json = object();
    json.put("conversation_id", entry.conversationId());
    json.put("seq", entry.seq());
    json.put("sender_id", entry.senderId());
    putText(json, "recipient_id", entry.recipientId());
    json.put("device_id", entry.deviceId());
    json.put("client_id", entry.clientId());
    json.put("sent_at", entry.sentAt().toString());
    json.put("stored_at", entry.storedAt().toString());
    json.put("kind", entry.kind());
    Body body = entry.body();
    if (body != null) {
      json.set("body", body.tree());
    }
    putNumber(json, "reply_to", entry.replyTo());
    putNumber(json, "target", entry.target());
    Instant expiresAt = entry.expiresAt();
    putText(json, "expires_at", expiresAt == null ? null : expiresAt.toString());
    putText(json, "removed", entry.removed());
    return json;
  }

  /** The failure that an {@code err} frame tells. */
  public static JovialException failure(JsonNode frame) {
    String message = textOr(frame, "message", "internal: the server gave no reason");
    int colon = message.indexOf(": ");
    String code = colon < 0 ? "internal" : message.substring(0, colon);
    String detail = colon < 0 ? message : message.substring(colon + 2);
    JsonNode details = frame.path("details");
    Long retryAfter = number(details, "retry_after_ms");
    return new JovialException(
        code,
        detail,
        retryAfter == null ? null : Duration.ofMillis(retryAfter),
        time(details, "server_time"));
  }

  public static @Nullable String text(JsonNode json, String name) {
    return json.path(name).textValue();
  }

  public static String textOr(JsonNode json, String name, String otherwise) {
    String text = text(json, name);
    return text == null ? otherwise : text;
  }

  public static String required(JsonNode json, String name) {
    String text = text(json, name);
    if (text == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return text;
  }

  public static @Nullable Long number(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isIntegralNumber() ? (Long) value.longValue() : null;
  }

  public static long numberOr(JsonNode json, String name, long otherwise) {
    Long number = number(json, name);
    return number == null ? otherwise : number;
  }

  public static @Nullable Instant time(JsonNode json, String name) {
    String text = text(json, name);
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(name + " is no time", e);
    }
  }

  public static void putText(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  public static void putNumber(ObjectNode json, String name, @Nullable Long value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static long requiredNumber(JsonNode json, String name) {
    Long number = number(json, name);
    if (number == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return number;
  }

  private static Instant requiredTime(JsonNode json, String name) {
    Instant time = time(json, name);
    if (time == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return time;
  }
}
