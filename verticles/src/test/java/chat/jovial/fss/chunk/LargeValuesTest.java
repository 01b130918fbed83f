package chat.jovial.fss.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.memory.ReusedArrays;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeValuesTest {
  private static final int SIZE = 100;

  private final ReusedArrays arrays = new ReusedArrays(SIZE, 2);
  private final LargeValues values = new LargeValues(ByteBufAllocator.DEFAULT, arrays);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, SIZE / 2, SIZE / 2 + 1, SIZE - 1, SIZE, SIZE + 1})
  void a_value_of_any_length_is_read_and_what_follows_it_is_left(int length) {
    ByteBuf frame = frame(length).writeInt(-1).writeByte(7);

    assertThat(values.readBytes(frame)).isEqualTo(ByteBuffer.wrap(bytes(length)));
    assertThat(values.readBytes(frame)).as("null").isNull();
    assertThat(frame.readableBytes()).isEqualTo(1);
  }

  @Test
  void only_an_array_that_was_given_back_is_used_again() {
    ByteBuffer first = read(SIZE - 1);
    ByteBuffer second = read(SIZE);
    assertThat(first.array()).isNotSameAs(second.array());
    arrays.release(first.array());

    ByteBuffer third = read(SIZE - 2);

    assertThat(third.array()).isSameAs(first.array());
    assertThat(third).isEqualTo(ByteBuffer.wrap(bytes(SIZE - 2)));
    assertThat(second).isEqualTo(ByteBuffer.wrap(bytes(SIZE)));
  }

  private ByteBuffer read(int length) {
    return Objects.requireNonNull(values.readBytes(frame(length)));
  }

  private static ByteBuf frame(int length) {
    return Unpooled.buffer().writeInt(length).writeBytes(bytes(length));
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) length);
    return bytes;
  }
}
