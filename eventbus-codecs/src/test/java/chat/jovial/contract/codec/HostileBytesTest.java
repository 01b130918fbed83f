package chat.jovial.contract.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * No bytes make a decoder fail other than by refusing them, nor allocate out of proportion. The
 * random is seeded: a failure names the bytes and comes again.
 */
class HostileBytesTest {
  private static final long SEED = 20_260_131;
  private static final int MUTATIONS_PER_SAMPLE = 400;
  private static final int RANDOM_INPUTS = 20_000;
  private static final int MAX_RANDOM_BYTES = 300;

  /** What reading costs whatever the input; a thread's buffer counts when it is handed out. */
  private static final long ALLOCATION_BASE = 1024 * 1024;

  private static final long ALLOCATION_PER_BYTE = 200;

  private final Random random = new Random(SEED);
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The first of each kind loads classes and makes deserializers; that is not counted. */
  @BeforeEach
  void readEachOnce() {
    WireSamples.all().forEach(sample -> sample.recode(sample.encode()));
  }

  @Test
  void mutated_messages_are_read_or_refused() {
    int refused = 0;
    for (WireSample<?> sample : WireSamples.all()) {
      byte[] bytes = sample.encode().getBytes();
      for (int i = 0; i < MUTATIONS_PER_SAMPLE; i++) {
        refused += isRefused(sample.codec(), mutate(bytes)) ? 1 : 0;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void truncated_messages_are_refused() {
    for (WireSample<?> sample : WireSamples.all()) {
      byte[] bytes = sample.encode().getBytes();
      for (int length = 0; length < bytes.length; length++) {
        byte[] head = Arrays.copyOf(bytes, length);
        assertThat(isRefused(sample.codec(), head)).as("%s, %d bytes", sample, length).isTrue();
      }
    }
  }

  @Test
  void random_bytes_are_refused() {
    List<MessageCodec<?, ?>> codecs =
        List.of(Codecs.CALL, Codecs.REPLY, Codecs.BROADCAST, Codecs.EXCEPTION);
    for (int i = 0; i < RANDOM_INPUTS; i++) {
      byte[] bytes = new byte[random.nextInt(MAX_RANDOM_BYTES)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] = 1; // The version that gets further.
      }
      assertThat(isRefused(codecs.get(i % codecs.size()), bytes)).isTrue();
    }
  }

  private byte[] mutate(byte[] original) {
    byte[] bytes = original.clone();
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        default -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(random.nextInt(8), bytes.length - Math.max(at, from));
          System.arraycopy(bytes, from, bytes, at, length);
        }
      }
    }
    return bytes;
  }

  private boolean isRefused(MessageCodec<?, ?> codec, byte[] bytes) {
    Buffer buffer = Buffer.buffer(bytes);
    long before = threads.getCurrentThreadAllocatedBytes();
    boolean refused = false;
    try {
      assertThat(codec.decodeFromWire(0, buffer)).isNotNull();
    } catch (IllegalArgumentException expected) {
      refused = true;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      fail("seed %d, bytes %s".formatted(SEED, HexFormat.of().formatHex(bytes)), e);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated)
        .as("allocated for %s", HexFormat.of().formatHex(bytes))
        .isLessThan(ALLOCATION_BASE + ALLOCATION_PER_BYTE * bytes.length);
    return refused;
  }
}
