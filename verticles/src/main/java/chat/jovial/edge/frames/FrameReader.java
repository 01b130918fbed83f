package chat.jovial.edge.frames;

import chat.jovial.contract.Access;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.Json;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Request;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one frame in one pass: a body that comes after its address, as all known clients write it,
 * is bound to the operation's record straight from the bytes. Where that fails, or the order is
 * another, the frame is read again with the body as a tree, so that the answer can still be
 * addressed. Depth and lengths are bounded by {@link Json#CLIENT_MAPPER}.
 */
public final class FrameReader {
  /** A UUID has 36; a longer one only costs memory while the request is answered. */
  static final int MAX_ADDRESS_CHARACTERS = 256;

  /** Longer than any token that the server takes. */
  private static final int MAX_HEADER_CHARACTERS = 8 * 1024;

  private static final String AUTHORIZATION = "authorization";
  private static final String APP_KEY = "x-app-key";

  private final byte[] json;
  private final int offset;
  private final int length;

  private @Nullable String type;
  private @Nullable String address;
  private @Nullable String replyAddress;
  private @Nullable String authorization;
  private @Nullable String appKey;
  private @Nullable Request request;
  private @Nullable JsonNode body;
  private @Nullable String problem;

  private FrameReader(byte[] json, int offset, int length) {
    this.json = json;
    this.offset = offset;
    this.length = length;
  }

  /**
   * @throws IOException if these bytes are no JSON object
   */
  public static InboundFrame read(byte[] json, int offset, int length) throws IOException {
    FrameReader reader = new FrameReader(json, offset, length);
    try {
      if (!reader.readFields(true)) {
        reader = new FrameReader(json, offset, length);
        reader.readFields(false);
      }
    } catch (JsonParseException e) {
      // All but the number is readable: the answer goes where its sender waits.
      if (reader.replyAddress == null || !Json.isOutOfRange(e)) {
        throw e;
      }
      reader.problem = e.getOriginalMessage();
    }
    return new InboundFrame(
        reader.type,
        reader.address,
        reader.replyAddress,
        reader.authorization,
        reader.appKey,
        reader.request,
        reader.body,
        reader.problem);
  }

  /** False if binding the body failed, which leaves the parser in its midst. */
  private boolean readFields(boolean bind) throws IOException {
    try (JsonParser parser = Json.CLIENT_MAPPER.createParser(json, offset, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "a frame is a JSON object");
      }
      String name;
      while ((name = parser.nextFieldName()) != null) {
        JsonToken token = parser.nextToken();
        switch (name) {
          case "type" -> type = readText(parser, token, name, MAX_ADDRESS_CHARACTERS);
          case "address" -> address = readText(parser, token, name, MAX_ADDRESS_CHARACTERS);
          case "replyAddress" ->
              replyAddress = readText(parser, token, name, MAX_ADDRESS_CHARACTERS);
          case "headers" -> readHeaders(parser, token);
          case "body" -> {
            Operation<?, ?> operation = bind && token == JsonToken.START_OBJECT ? bindable() : null;
            if (operation == null) {
              body = parser.readValueAsTree();
            } else if (!bindBody(parser, operation)) {
              return false;
            }
          }
          default -> parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "there is more after the frame");
      }
      return true;
    }
  }

  /** What may be bound at once: an operation whose body needs nothing from the headers. */
  private @Nullable Operation<?, ?> bindable() {
    return address == null
        ? null
        : Catalogue.clientOperation(address)
            .filter(operation -> operation.access() == Access.USER)
            .orElse(null);
  }

  private boolean bindBody(JsonParser parser, Operation<?, ?> operation) {
    try {
      request = parser.readValueAs(operation.request());
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private void readHeaders(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    if (token != JsonToken.START_OBJECT) {
      problem = "headers must be an object";
      parser.skipChildren();
      return;
    }
    String name;
    while ((name = parser.nextFieldName()) != null) {
      JsonToken value = parser.nextToken();
      if (AUTHORIZATION.equalsIgnoreCase(name)) {
        authorization = readText(parser, value, name, MAX_HEADER_CHARACTERS);
      } else if (APP_KEY.equalsIgnoreCase(name)) {
        appKey = readText(parser, value, name, MAX_HEADER_CHARACTERS);
      } else {
        parser.skipChildren();
      }
    }
  }

  private static boolean isWellFormed(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private @Nullable String readText(JsonParser parser, JsonToken token, String name, int max)
      throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.VALUE_STRING) {
      problem = name + " must be a string";
      parser.skipChildren();
      return null;
    }
    if (parser.getTextLength() > max) {
      problem = name + " must have at most " + max + " characters";
      return null;
    }
    String text = parser.getText();
    if (!isWellFormed(text)) {
      // It could not be written into the answer.
      problem = name + " contains half of a surrogate pair";
      return null;
    }
    return text;
  }
}
