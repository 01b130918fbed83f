package chat.jovial.fss.chunk;

import chat.jovial.memory.ReusedArrays;
import com.datastax.oss.driver.internal.core.protocol.ByteBufPrimitiveCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Codec that reads large values into pooled arrays: fresh memory is in no cache. Any thread. */
final class LargeValues extends ByteBufPrimitiveCodec {
  private final ReusedArrays arrays;

  LargeValues(ByteBufAllocator allocator, ReusedArrays arrays) {
    super(allocator);
    this.arrays = arrays;
  }

  /** A value as it is in a frame: its length, which is negative for null, and its bytes. */
  @Override
  public @Nullable ByteBuffer readBytes(ByteBuf source) {
    int length = source.getInt(source.readerIndex());
    // A small one would keep a large array from those that need it.
    if (length <= arrays.size() / 2 || length > arrays.size()) {
      return super.readBytes(source);
    }
    byte[] value = arrays.acquire();
    source.skipBytes(Integer.BYTES).readBytes(value, 0, length);
    return ByteBuffer.wrap(value, 0, length);
  }
}
