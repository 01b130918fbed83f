package chat.jovial.contract.codec;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Request;
import chat.jovial.contract.bus.Call;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Carries {@link Call}s between nodes: version byte, operation as a tag, then caller and request,
 * each a length and JSON, as in {@link RecordCodec}.
 */
final class CallCodec implements MessageCodec<Call, Call> {
  private static final byte VERSION = 1;

  @Override
  public void encodeToWire(Buffer buffer, Call call) {
    buffer.appendByte(VERSION);
    WireFormat.appendTag(buffer, call.operation().name());
    WireFormat.appendBytes(buffer, Json.write(call.caller()));
    WireFormat.appendBytes(buffer, Json.write(call.request()));
  }

  @Override
  public Call decodeFromWire(int position, Buffer buffer) {
    WireFormat.Reader reader = new WireFormat.Reader(buffer, position);
    reader.readVersion(VERSION);
    String name = reader.readTag();
    Operation<?, ?> operation =
        Catalogue.operation(name)
            .orElseThrow(() -> new WireFormatException("no operation is called " + name));
    byte[] caller = reader.readBytes();
    byte[] request = reader.readBytes();
    try {
      return new Call(
          operation,
          Json.read(caller, 0, caller.length, Caller.class),
          (Request) Json.read(request, 0, request.length, operation.request()));
    } catch (JovialException e) {
      throw new WireFormatException(name + " cannot be read: " + e.getMessage());
    }
  }

  @Override
  public Call transform(Call call) {
    return call;
  }

  @Override
  public String name() {
    return "jovial.call";
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
