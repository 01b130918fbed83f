package chat.jovial.contract.codec;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.Map;

/** Carries failures between nodes: version byte, the error code as a tag, the rest as JSON. */
final class ExceptionCodec implements MessageCodec<JovialException, JovialException> {
  private static final byte VERSION = 1;

  /** What follows the code. */
  record Rest(String detail, Map<String, Object> details) {}

  @Override
  public void encodeToWire(Buffer buffer, JovialException e) {
    buffer.appendByte(VERSION);
    WireFormat.appendTag(buffer, e.code().wireName());
    WireFormat.appendBytes(buffer, Json.write(new Rest(e.detail(), e.details())));
  }

  @Override
  public JovialException decodeFromWire(int position, Buffer buffer) {
    WireFormat.Reader reader = new WireFormat.Reader(buffer, position);
    reader.readVersion(VERSION);
    // A code that a newer release added is still a failure, if an unknown one.
    ErrorCode code = ErrorCode.ofWireName(reader.readTag()).orElse(ErrorCode.INTERNAL);
    byte[] json = reader.readBytes();
    try {
      Rest rest = Json.read(json, 0, json.length, Rest.class);
      if (rest.detail() == null || rest.details() == null) {
        throw new WireFormatException("an exception without detail");
      }
      return new JovialException(code, rest.detail(), rest.details());
    } catch (JovialException e) {
      throw new WireFormatException("an exception that cannot be read: " + e.getMessage());
    }
  }

  @Override
  public JovialException transform(JovialException e) {
    return e;
  }

  @Override
  public String name() {
    return "jovial.exception";
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
