package chat.jovial.contract.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.ums.UserExists;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the codecs write never changes within a version, because nodes of two releases talk to each
 * other during an upgrade. A changed line of the golden file means that a new version is needed; a
 * new record needs a new line, which {@code -Djovial.golden.write=true} adds.
 */
class GoldenBytesTest {
  private static final Path FILE = Path.of("src/test/resources/golden/version-1.txt");

  private final Map<String, String> golden = new LinkedHashMap<>();

  @BeforeEach
  void readGoldenFile() throws IOException {
    if (Boolean.getBoolean("jovial.golden.write")) {
      addMissing();
    }
    for (String line : Files.readAllLines(FILE)) {
      int space = line.lastIndexOf(' ');
      golden.put(line.substring(0, space), line.substring(space + 1));
    }
  }

  @Test
  void everything_on_the_bus_is_written_as_ever() {
    assertThat(WireSamples.all())
        .allSatisfy(
            sample ->
                assertThat(hex(sample.encode()))
                    .as(sample.name())
                    .isEqualTo(golden.get(sample.name())));
  }

  @Test
  void everything_that_was_ever_written_is_read() {
    for (WireSample<?> sample : WireSamples.all()) {
      String bytes = golden.getOrDefault(sample.name(), "");
      assertThat(hex(sample.recode(Buffer.buffer(HexFormat.of().parseHex(bytes)))))
          .as(sample.name())
          .isEqualTo(bytes);
    }
  }

  @Test
  void fields_of_a_newer_release_are_ignored() {
    Buffer bytes = record("UserExists", "{\"exists\":true,\"since\":{\"a\":[1]}}");
    assertThat(Codecs.REPLY.decodeFromWire(0, bytes)).isEqualTo(new UserExists(true));
  }

  @Test
  void what_lies_before_the_position_is_not_looked_at() {
    Buffer bytes = Buffer.buffer("before").appendBuffer(record("UserExists", "{\"exists\":true}"));
    assertThat(Codecs.REPLY.decodeFromWire(6, bytes)).isEqualTo(new UserExists(true));
  }

  @Test
  void a_version_from_the_future_is_refused() {
    Buffer bytes = record("UserExists", "{}").setByte(0, (byte) 2);
    assertThatThrownBy(() -> Codecs.REPLY.decodeFromWire(0, bytes))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void nothing_is_no_record() {
    assertThatThrownBy(() -> Codecs.REPLY.decodeFromWire(0, record("UserExists", "null")))
        .isInstanceOf(WireFormatException.class);
  }

  @Test
  void within_a_node_the_same_instance_is_handed_on() {
    for (WireSample<?> sample : WireSamples.all()) {
      assertThat(sample.transform()).isSameAs(sample.value());
    }
  }

  private static Buffer record(String tag, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return Buffer.buffer()
        .appendByte((byte) 1)
        .appendByte((byte) tag.length())
        .appendString(tag)
        .appendInt(bytes.length)
        .appendBytes(bytes);
  }

  private static String hex(Buffer bytes) {
    return HexFormat.of().formatHex(bytes.getBytes());
  }

  private static void addMissing() throws IOException {
    String known = Files.exists(FILE) ? Files.readString(FILE) : "";
    StringBuilder lines = new StringBuilder(known);
    for (WireSample<?> sample : WireSamples.all()) {
      if (!known.contains(sample.name() + " ")) {
        lines.append(sample.name()).append(' ').append(hex(sample.encode())).append('\n');
      }
    }
    Files.writeString(FILE, lines.toString());
  }
}
