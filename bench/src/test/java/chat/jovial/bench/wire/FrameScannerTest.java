package chat.jovial.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameScannerTest {
  private static final long VALUE = MessageId.value(5, 1234);

  private final FrameScanner scanner = new FrameScanner();

  @Test
  void reads_the_reply_to_a_send() {
    assertThat(
            scan(
                """
                {"type":"rec","address":"%s","body":{"conversation_id":"d.a.b","seq":42,
                 "client_id":"%s","stored_at":"2026-01-01T00:00:00Z"}}"""
                    .formatted(id(), id())))
        .isEqualTo(FrameKind.REPLY);
    assertThat(scanner.addressValue()).isEqualTo(VALUE);
    assertThat(scanner.seq()).isEqualTo(42);
  }

  @Test
  void reads_a_pushed_message_whatever_the_order_of_its_fields() {
    assertThat(
            scan(
                """
                { "body" : { "body" : {"type":"text","text":"\\"seq\\":1, \\"client_id\\":\\"x"},
                 "seq" : 7 , "client_id" : "%s", "event" : "message" },
                 "address" : "inbox", "type" : "rec" }"""
                    .formatted(id())))
        .isEqualTo(FrameKind.PUSHED_MESSAGE);
    assertThat(scanner.clientValue()).isEqualTo(VALUE);
    assertThat(scanner.seq()).isEqualTo(7);
  }

  @Test
  void tells_other_events_from_messages() {
    assertThat(
            scan(
                """
                {"type":"rec","address":"inbox","body":{"event":"presence","seq":3}}"""))
        .isEqualTo(FrameKind.OTHER);
  }

  @Test
  void reads_an_error_and_what_it_answers() {
    assertThat(
            scan(
                """
                {"type":"err","address":"%s","failureType":"RECIPIENT_FAILURE",
                 "failureCode":503,"message":"try_again: the store is away",
                 "details":{"retry_after_ms":1500}}"""
                    .formatted(id())))
        .isEqualTo(FrameKind.ERROR);
    assertThat(scanner.addressValue()).isEqualTo(VALUE);
    assertThat(scanner.error()).isEqualTo("try_again: the store is away");
    assertThat(scanner.retryAfterMillis()).isEqualTo(1500);
  }

  @Test
  void reads_a_pong() {
    assertThat(scan("{\"type\":\"pong\"}")).isEqualTo(FrameKind.PONG);
  }

  @Test
  void forgets_the_frame_before() {
    scan("{\"type\":\"err\",\"address\":\"%s\",\"message\":\"no\"}".formatted(id()));

    assertThat(scan("{\"type\":\"rec\",\"address\":\"other\"}")).isEqualTo(FrameKind.OTHER);
    assertThat(scanner.addressValue()).isEqualTo(-1);
    assertThat(scanner.error()).isEmpty();
  }

  @Test
  void survives_whatever_comes() {
    Random random = new Random(7);
    byte[] alphabet = "{}[]\":\\,e \u00e9seqtype1".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] frame = new byte[random.nextInt(60)];
      for (int at = 0; at < frame.length; at++) {
        frame[at] = alphabet[random.nextInt(alphabet.length)];
      }
      assertThat(scanner.scan(frame, frame.length)).isNotNull();
    }
  }

  @Test
  void reads_what_the_send_frame_says() {
    byte[] frame = new SendFrame("01user", "hello", 0xabc).of(VALUE);
    String json = new String(frame, StandardCharsets.UTF_8);

    assertThat(json)
        .contains("\"address\":\"mds.send\"", "\"user_id\":\"01user\"", "\"text\":\"hello\"");
    scanner.scan(frame, frame.length);
    assertThat(scanner.clientValue()).isEqualTo(VALUE);
  }

  private FrameKind scan(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return scanner.scan(bytes, bytes.length);
  }

  private static String id() {
    byte[] out = new byte[MessageId.LENGTH];
    MessageId.write(out, 0, 1_790_000_000_123L, 0xabc, VALUE);
    return new String(out, StandardCharsets.US_ASCII);
  }
}
