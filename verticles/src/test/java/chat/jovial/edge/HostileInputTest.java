package chat.jovial.edge;

import static chat.jovial.edge.BridgeProtocolTest.assertError;
import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Ids;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.eventbus.bridge.tcp.impl.protocol.FrameParser;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that no honest client sends, while a well-behaved client beside it must not notice. */
class HostileInputTest {
  private static final String ALICE = Ids.text(UUID.randomUUID());
  private static final String BOB = Ids.text(UUID.randomUUID());

  /** Has no connection: a push to Alice could arrive in the middle of the next test. */
  private static final String CAROL = Ids.text(UUID.randomUUID());

  private static final int MAX_FRAME = 64 * 1024;
  private static final JsonObject CLOSED = new JsonObject().put("type", "closed");

  private static EdgeFixture fixture;
  private static TestClient wellBehaved;

  @BeforeAll
  static void start() {
    fixture = new EdgeFixture(Map.of("edge.max_frame_bytes", Integer.toString(MAX_FRAME)));
    wellBehaved = fixture.logIn(TransportKind.TCP, BOB, "well-behaved");
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @AfterEach
  void the_others_do_not_notice() {
    JsonObject stored = wellBehaved.request("mds.send", TestClient.text(CAROL, "still here"));
    assertThat(stored.getString("type")).as(stored.encode()).isEqualTo("message");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, MAX_FRAME + 1})
  void an_impossible_length_is_answered_and_closed_at_once(int length) {
    BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
    NetSocket socket = rawSocket(received);

    var unused = socket.write(Buffer.buffer().appendInt(length).appendString("{}"));

    JsonObject error = take(received);
    assertError(error, 413, "too_large: ");
    assertThat(take(received)).isSameAs(CLOSED);
  }

  @Test
  void a_frame_in_single_bytes_is_still_a_frame() {
    BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
    NetSocket socket = rawSocket(received);
    byte[] frame = "{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8);
    Buffer bytes = Buffer.buffer().appendInt(frame.length).appendBytes(frame);
    Buffer twice = bytes.copy().appendBuffer(bytes);

    for (int i = 0; i < twice.length(); i++) {
      socket.write(twice.slice(i, i + 1)).await();
    }

    assertThat(take(received).getString("type")).isEqualTo("pong");
    assertThat(take(received).getString("type")).isEqualTo("pong");
    var unused = socket.close();
  }

  @Test
  void a_frame_that_never_ends_leaves_nothing_behind() {
    BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
    NetSocket socket = rawSocket(received);
    socket.write(Buffer.buffer().appendInt(MAX_FRAME).appendString("{\"type\":\"se")).await();
    socket.close().await();

    await("one connection is left")
        .until(() -> fixture.gauge("jovial.edge.connections"), open -> open == 1);
  }

  @ParameterizedTest
  @EnumSource
  void thousands_at_once_are_all_answered_though_not_all_served(TransportKind kind) {
    int requests = 3_000;
    // A user of its own: what the other transports sent has not used up its allowance.
    String flooder = Ids.text(UUID.randomUUID());
    try (TestClient client = fixture.logIn(kind, flooder, "flood-" + kind)) {
      for (int i = 0; i < requests; i++) {
        client.send(
            TestClient.frame("mds.send", TestClient.text(BOB, "x"), new JsonObject(), "r" + i));
      }
      int served = 0;
      int refused = 0;
      while (served + refused < requests) {
        JsonObject answer = client.next();
        if ("err".equals(answer.getString("type"))) {
          assertError(answer, 429, "rate_limited: ");
          refused++;
        } else if (answer.getString("address").startsWith("r")) {
          served++;
        }
      }
      assertThat(served).isGreaterThanOrEqualTo(900);
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrong_types_and_depths_are_refused(TransportKind kind) {
    try (TestClient client = fixture.logIn(kind, ALICE, "types")) {
      for (String frame :
          new String[] {
            "{\"replyAddress\":\"r\"}",
            "{\"type\":null,\"replyAddress\":\"r\"}",
            "{\"type\":7,\"replyAddress\":\"r\"}",
            "{\"type\":[[]],\"replyAddress\":\"r\"}",
            "{\"type\":\"send\",\"replyAddress\":\"r\"}",
            "{\"type\":\"send\",\"address\":{},\"replyAddress\":\"r\"}",
            "{\"type\":\"send\",\"address\":\"mds.send\",\"body\":7,\"replyAddress\":\"r\"}",
            "{\"type\":\"send\",\"address\":\"mds.send\",\"body\":[],\"replyAddress\":\"r\"}",
            "{\"type\":\"send\",\"address\":\"mds.send\",\"headers\":7,\"replyAddress\":\"r\"}",
            "{\"type\":\"send\",\"address\":\"mds.send\",\"headers\":{\"Authorization\":[]},"
                + "\"replyAddress\":\"r\"}",
            "{\"type\":\"register\",\"address\":[],\"replyAddress\":\"r\"}",
          }) {
        client.sendBytes(Buffer.buffer(frame));
        JsonObject answer = client.next();
        assertError(answer, 400, "invalid_request: ");
        assertThat(answer.getString("address")).as(frame).isEqualTo("r");
      }
      for (String unreadable :
          new String[] {
            "{\"a\":".repeat(10_000), "[".repeat(60_000), "{\"n\":" + "9".repeat(5_000) + "}",
          }) {
        client.sendBytes(Buffer.buffer(unreadable));
        assertError(client.next(), 400, "invalid_request: ");
      }
      client.send(
          new JsonObject()
              .put("type", "send")
              .put("address", "mds.send")
              .put("replyAddress", "r".repeat(1000)));
      assertError(client.next(), 400, "invalid_request: replyAddress");
    }
  }

  @ParameterizedTest
  @EnumSource
  void numbers_without_end_and_keys_that_stand_twice_are_refused(TransportKind kind) {
    String send = "{\"type\":\"send\",\"replyAddress\":\"r\",\"address\":\"mds.send\",\"body\":";
    try (TestClient client = fixture.logIn(kind, ALICE, "numbers")) {
      for (String frame :
          new String[] {
            send + "{\"zzz\":1e99999999999}}",
            send + "{\"body\":{\"type\":\"x\",\"n\":-1e-99999999999}}}",
            send + "{\"body\":{\"type\":\"x\",\"type\":\"y\"}}}",
            send + "{},\"address\":\"mds.ack\"}",
            "{\"type\":\"ping\",\"type\":\"send\"}",
          }) {
        client.sendBytes(Buffer.buffer(frame));
        assertError(client.next(), 400, "invalid_request: ");
      }
      JsonObject stored = client.request("mds.send", TestClient.text(BOB, "still here"));
      assertThat(stored.getString("type")).as(stored.encode()).isEqualTo(kind.messageType());
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_number_out_of_range_is_answered_where_its_sender_waits(TransportKind kind) {
    try (TestClient client = fixture.connect(kind)) {
      for (String operation : new String[] {"ums.user.verify", "mds.send"}) {
        client.sendBytes(
            Buffer.buffer(
                "{\"type\":\"send\",\"address\":\""
                    + operation
                    + "\",\"replyAddress\":\"r\",\"body\":{\"x\":1e99999999999}}"));
        JsonObject answer = client.next();

        assertError(answer, 400, "invalid_request: a number is out of range");
        assertThat(answer.getString("address")).isEqualTo("r");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_reply_address_that_is_no_text_is_refused_and_the_next_frame_is_read(TransportKind kind) {
    String token = fixture.tokens.userToken(ALICE, "reply");
    try (TestClient client = fixture.connect(kind)) {
      for (String replyAddress : new String[] {"1", "[]", "\"\\ud800\""}) {
        client.sendBytes(
            Buffer.buffer(
                "{\"type\":\"send\",\"address\":\"session.open\",\"replyAddress\":"
                    + replyAddress
                    + ",\"body\":{\"user_token\":\""
                    + token
                    + "\"}}"));
        assertError(client.next(), 400, "invalid_request: replyAddress");
      }
      JsonObject opened = client.request("session.open", new JsonObject().put("user_token", token));
      assertThat(opened.getString("type")).as(opened.encode()).isEqualTo(kind.messageType());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "WEB_SOCKET_TEXT", "WEB_SOCKET_BINARY"})
  void bad_utf8_is_refused(TransportKind kind) {
    try (TestClient client = fixture.connect(kind)) {
      client.sendBytes(
          Buffer.buffer("{\"type\":\"ping\",\"x\":\"")
              .appendByte((byte) 0xC3)
              .appendByte((byte) 0x28)
              .appendString("\"}"));

      assertError(client.next(), 400, "invalid_request: ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void headers_of_the_bus_mean_nothing(TransportKind kind) {
    try (TestClient client = fixture.logIn(kind, ALICE, "headers")) {
      JsonObject headers =
          new JsonObject()
              .put("codecName", "no.such.codec")
              .put("localOnly", "maybe")
              .put("timeout", -1)
              .put("user_id", BOB);

      JsonObject stored = client.request("mds.send", TestClient.text(BOB, "headers"), headers);

      assertThat(stored.getString("type")).as(stored.encode()).isEqualTo(kind.messageType());
    }
    JsonObject pushed = wellBehaved.next("inbox").getJsonObject("body");
    while (!"headers".equals(pushed.getJsonObject("body").getString("text"))) {
      pushed = wellBehaved.next("inbox").getJsonObject("body");
    }
    assertThat(pushed.getString("sender_id")).isEqualTo(ALICE);
  }

  @ParameterizedTest
  @EnumSource
  void an_oversized_frame_closes_the_connection(TransportKind kind) {
    try (TestClient client = fixture.connect(kind)) {
      client.sendBytes(Buffer.buffer("{\"type\":\"" + "x".repeat(3 * MAX_FRAME) + "\"}"));

      client.awaitClosed();
    }
    await("one connection is left")
        .until(() -> fixture.gauge("jovial.edge.connections"), open -> open == 1);
  }

  private static NetSocket rawSocket(BlockingQueue<JsonObject> received) {
    NetSocket socket =
        fixture
            .clients
            .createNetClient()
            .connect(fixture.edge.tcpPort(), TransportKind.HOST)
            .await();
    socket
        .handler(new FrameParser(frame -> received.add(frame.result())))
        .closeHandler(closed -> received.add(CLOSED));
    return socket;
  }

  private static JsonObject take(BlockingQueue<JsonObject> received) {
    try {
      JsonObject frame = received.poll(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(frame).isNotNull();
      return frame;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
