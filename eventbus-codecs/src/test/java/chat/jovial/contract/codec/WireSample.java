package chat.jovial.contract.codec;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Something that goes over the bus, and the codec that carries it. */
record WireSample<T>(String name, MessageCodec<T, T> codec, T value) {
  Buffer encode() {
    Buffer bytes = Buffer.buffer();
    codec.encodeToWire(bytes, value);
    return bytes;
  }

  /** What was read from bytes, written again. */
  Buffer recode(Buffer bytes) {
    Buffer again = Buffer.buffer();
    codec.encodeToWire(again, codec.decodeFromWire(0, bytes));
    return again;
  }

  T transform() {
    return codec.transform(value);
  }
}
