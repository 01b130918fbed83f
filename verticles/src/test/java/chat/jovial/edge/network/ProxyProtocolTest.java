package chat.jovial.edge.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyProtocolTest {
  private static final byte[] FRAME = {0, 0, 0, 2, '{', '}'};
  private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10};

  private final List<String> begun = new ArrayList<>();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new ProxyProtocol(client -> begun.add(String.valueOf(client))));

  @Test
  void a_header_of_version_1_names_the_client() {
    write(ascii("PROXY TCP4 192.0.2.7 198.51.100.1 40000 7000\r\n"), FRAME);
    assertBegun("192.0.2.7");
  }

  @Test
  void a_header_in_single_bytes_is_still_a_header() {
    for (byte one : ascii("PROXY TCP6 2001:db8::7 2001:db8::1 40000 7000\r\n")) {
      write(new byte[] {one});
    }
    write(FRAME);
    assertBegun("2001:db8::7");
  }

  @Test
  void a_header_of_version_2_names_the_client() {
    byte[] addresses = {(byte) 192, 0, 2, 7, (byte) 198, 51, 100, 1, 0x10, 0, 0x1b, 0x58};
    write(SIGNATURE, new byte[] {0x21, 0x11, 0, 12}, addresses, FRAME);
    assertBegun("192.0.2.7");
  }

  @Test
  void a_check_by_the_proxy_itself_has_no_client() {
    write(SIGNATURE, new byte[] {0x20, 0, 0, 0}, FRAME);
    assertBegun("null");
  }

  @Test
  void a_connection_without_a_header_is_passed_on() {
    write(FRAME);
    assertBegun("null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PROXY TCP4 nonsense 198.51.100.1 1 2\r\n", "PROXY \r\n", "PROXY TCP4\r\n"})
  void a_header_that_cannot_be_read_closes_the_connection(String header) {
    write(ascii(header));
    assertThat(channel.isOpen()).isFalse();
    assertThat(begun).isEmpty();
  }

  @Test
  void a_header_without_end_closes_the_connection() {
    write(ascii("PROXY " + "x".repeat(200)));
    assertThat(channel.isOpen()).isFalse();
  }

  private void assertBegun(String client) {
    assertThat(begun).containsExactly(client);
    ByteBuf passedOn = Unpooled.buffer();
    ByteBuf part;
    while ((part = channel.readInbound()) != null) {
      passedOn.writeBytes(part);
      part.release();
    }
    assertThat(passedOn).isEqualTo(Unpooled.wrappedBuffer(FRAME));
  }

  private void write(byte[]... parts) {
    if (channel.isOpen()) {
      channel.writeInbound(Unpooled.wrappedBuffer(parts));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
