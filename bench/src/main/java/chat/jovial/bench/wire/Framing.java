package chat.jovial.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Puts the JSON of one frame into what a transport writes. */
interface Framing {
  Object frame(ByteBufAllocator allocator, byte[] json);

  /** int32 big-endian length, then the JSON. */
  static Object tcp(ByteBufAllocator allocator, byte[] json) {
    return allocator
        .directBuffer(Integer.BYTES + json.length)
        .writeInt(json.length)
        .writeBytes(json);
  }

  /** Only the JSON; the pipeline makes the message of it. */
  static ByteBuf plain(ByteBufAllocator allocator, byte[] json) {
    return allocator.directBuffer(json.length).writeBytes(json);
  }
}
