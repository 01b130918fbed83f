package chat.jovial.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MessageIdTest {
  private static final long NOW = 1_790_000_000_123L;

  @Test
  void is_a_uuid_of_version_7_that_bears_the_time() {
    UUID id = UUID.fromString(write(MessageId.value(3, 77)));

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW);
  }

  @Test
  void gives_back_the_pair_and_the_number() {
    long value = MessageId.value(1_048_575, (1L << 40) - 1);
    byte[] text = write(value).getBytes(StandardCharsets.US_ASCII);

    long read = MessageId.read(text, 0, text.length);

    assertThat(MessageId.pair(read)).isEqualTo(1_048_575);
    assertThat(MessageId.number(read)).isEqualTo((1L << 40) - 1);
  }

  @Test
  void knows_an_id_that_is_not_its_own() {
    byte[] random = "0b0e9e4e-5b1c-4f0e-9d0a-2b7f6f0a1c55".getBytes(StandardCharsets.US_ASCII);

    assertThat(MessageId.read(random, 0, random.length)).isEqualTo(-1);
    assertThat(MessageId.read(random, 0, 5)).isEqualTo(-1);
  }

  private static String write(long value) {
    byte[] out = new byte[MessageId.LENGTH];
    MessageId.write(out, 0, NOW, 0xabc, value);
    return new String(out, StandardCharsets.US_ASCII);
  }
}
