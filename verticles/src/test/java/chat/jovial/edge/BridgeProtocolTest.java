package chat.jovial.edge;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.access.TestTokens;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.Ids;
import chat.jovial.contract.ums.SessionEnded;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bridge protocol, the same over every transport. */
class BridgeProtocolTest {
  private static final String ALICE = Ids.text(UUID.randomUUID());
  private static final String BOB = Ids.text(UUID.randomUUID());

  private static EdgeFixture fixture;

  @BeforeAll
  static void start() {
    fixture = new EdgeFixture(Map.of());
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_message_is_stored_and_pushed_to_the_other_user(TransportKind kind) {
    try (TestClient alice = fixture.logIn(kind, ALICE, "a");
        TestClient bob = fixture.logIn(kind, BOB, "b")) {
      awaitRegistered(bob);

      JsonObject stored = alice.request("mds.send", TestClient.text(BOB, "Grüße 👋"));

      assertThat(stored.getString("type")).isEqualTo(kind.messageType());
      assertThat(stored.getJsonObject("body").getString("conversation_id"))
          .isEqualTo(Ids.directConversation(ALICE, BOB));
      JsonObject pushed = bob.next("inbox");
      assertThat(pushed.getString("type")).isEqualTo(kind.messageType());
      assertThat(pushed.getJsonObject("body").getString("event")).isEqualTo("message");
      assertThat(pushed.getJsonObject("body").getJsonObject("body").getString("text"))
          .isEqualTo("Grüße 👋");
      if (kind == TransportKind.TCP) {
        assertThat(stored.getJsonObject("headers")).isNotNull();
        assertThat(stored.getBoolean("send")).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_sending_connection_is_not_pushed_its_own_message_but_the_users_others_are(
      TransportKind kind) {
    try (TestClient phone = fixture.logIn(kind, ALICE, "phone");
        TestClient desktop = fixture.logIn(kind, ALICE, "desktop")) {
      awaitRegistered(desktop);
      awaitRegistered(phone);

      phone.request("mds.send", TestClient.text(BOB, "from the phone"));
      assertThat(desktop.next("inbox").getJsonObject("body").getString("device_id"))
          .isEqualTo("phone");
      desktop.request("mds.send", TestClient.text(BOB, "from the desktop"));

      assertThat(phone.next("inbox").getJsonObject("body").getString("device_id"))
          .isEqualTo("desktop");
    }
  }

  @ParameterizedTest
  @EnumSource
  void before_a_session_only_operations_open_to_anyone_or_an_app_work(TransportKind kind) {
    try (TestClient client = fixture.connect(kind)) {
      JsonObject login =
          client.request(
              "ums.user.login",
              new JsonObject()
                  .put("app_key", "key")
                  .put("username", "alice")
                  .put("password", "right"));
      assertThat(login.getJsonObject("body").getString("user_token")).isEqualTo("token");

      JsonObject refused = client.request("mds.send", TestClient.text(BOB, "hello"));

      assertError(refused, 401, "unauthenticated: ");
      if (kind == TransportKind.TCP) {
        assertThat(refused.getString("sourceAddress")).isEqualTo("mds.send");
      }
      client.send(new JsonObject().put("type", "register").put("address", "inbox"));
      assertError(client.next("inbox"), 401, "unauthenticated: ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_app_key_may_come_in_a_header_whatever_its_case(TransportKind kind) {
    try (TestClient client = fixture.connect(kind)) {
      JsonObject body = new JsonObject().put("username", "alice").put("password", "right");

      JsonObject login =
          client.request(
              "ums.user.login", body, new JsonObject().put("x-APP-key", "key from the header"));

      assertThat(login.getJsonObject("body").getString("user_id")).isEqualTo("key from the header");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_single_send_may_bring_its_own_token(TransportKind kind) {
    try (TestClient client = fixture.connect(kind)) {
      JsonObject headers =
          new JsonObject()
              .put("Authorization", "Bearer " + fixture.tokens.userToken(ALICE, "single"));

      JsonObject stored = client.request("mds.send", TestClient.text(BOB, "hello"), headers);

      assertThat(stored.getJsonObject("body").getLong("seq")).isPositive();
      assertError(client.request("mds.send", TestClient.text(BOB, "hello")), 401, "");
    }
  }

  @ParameterizedTest
  @EnumSource
  void opening_again_renews_but_another_user_is_a_conflict(TransportKind kind) {
    try (TestClient client = fixture.logIn(kind, ALICE, "a")) {
      JsonObject again =
          client.request(
              "session.open",
              new JsonObject().put("user_token", fixture.tokens.userToken(ALICE, "a")));
      assertThat(again.getJsonObject("body").getString("user_id")).isEqualTo(ALICE);
      assertThat(again.getJsonObject("body").getLong("ping_interval_ms")).isEqualTo(25_000);

      JsonObject other =
          client.request(
              "session.open",
              new JsonObject().put("user_token", fixture.tokens.userToken(BOB, "b")));

      assertError(other, 409, "conflict: ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void tokens_that_are_forged_expired_or_for_something_else_open_nothing(TransportKind kind) {
    TestTokens forger = new TestTokens(fixture.server, "key-1");
    long past = Instant.now().getEpochSecond() - 5;
    JsonObject good = fixture.tokens.claims(ALICE, "a");
    try (TestClient client = fixture.connect(kind)) {
      for (String token :
          new String[] {
            forger.userToken(ALICE, "a"),
            new TestTokens(fixture.server, "unknown").userToken(ALICE, "a"),
            fixture.tokens.sign(good.copy().put("exp", past)),
            fixture.tokens.sign(good.copy().put("iss", "somebody")),
            fixture.tokens.sign(good.copy().put("aud", "app")),
            fixture.tokens.sign(good.copy().putNull("sid")),
            "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.e30.",
            "not a token",
          }) {
        JsonObject refused =
            client.request("session.open", new JsonObject().put("user_token", token));

        assertError(refused, 401, "unauthenticated: ");
      }
      assertError(client.request("session.open", new JsonObject()), 400, "invalid_request: ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_refusal_reaches_the_caller_who_waits_for_it(TransportKind kind) {
    try (TestClient client = fixture.logIn(kind, ALICE, "a")) {
      assertError(client.request("no.such.operation", new JsonObject()), 404, "not_found: ");
      assertError(client.request("ums.keys.public", new JsonObject()), 404, "not_found: ");
      assertError(client.request("jovial.push", new JsonObject()), 404, "not_found: ");
      assertError(
          client.request("mds.send", new JsonObject().put("to", 7)), 400, "invalid_request: to");
      assertError(client.request("mds.send", new JsonObject()), 400, "invalid_request: to");
      client.send(
          new JsonObject().put("type", "send").put("address", 7).put("replyAddress", "wrong"));
      assertError(client.next("wrong"), 400, "invalid_request: address");
      client.send(new JsonObject().put("address", "mds.send").put("replyAddress", "no type"));
      assertError(client.next("no type"), 400, "invalid_request: type");
      client.send(new JsonObject().put("type", "shout").put("replyAddress", "odd type"));
      assertError(client.next("odd type"), 400, "invalid_request: ");
      client.send(new JsonObject().put("type", "publish").put("address", "mds.send"));
      assertError(client.next("mds.send"), 403, "forbidden: ");
      client.send(new JsonObject().put("type", "register").put("address", "mds.send"));
      assertError(client.next("mds.send"), 404, "not_found: ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_cannot_be_read_gets_an_error_without_address_and_the_connection_goes_on(
      TransportKind kind) {
    try (TestClient client = fixture.connect(kind)) {
      for (String unreadable : new String[] {"{", "[]", "7", "{\"type\":\"ping\"} more", ""}) {
        client.sendBytes(Buffer.buffer(unreadable));

        JsonObject error = client.next();
        assertError(error, 400, "invalid_request: ");
        assertThat(error.containsKey("address")).isFalse();
      }
      client.logIn(fixture.tokens.userToken(ALICE, "a"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_ping_is_answered_on_tcp_only(TransportKind kind) {
    try (TestClient client = fixture.connect(kind)) {
      client.send(new JsonObject().put("type", "ping"));
      JsonObject answer = client.request("no.such.operation", new JsonObject(), new JsonObject());

      assertThat(answer.getString("type")).isEqualTo("err");
      client.send(new JsonObject().put("type", "ping"));
      client.send(new JsonObject().put("type", "shout").put("replyAddress", "after the ping"));
      JsonObject next = client.next();
      assertThat(next.getString("type")).isEqualTo(kind == TransportKind.TCP ? "pong" : "err");
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_ended_device_session_closes_its_connections_when_it_is_broadcast(TransportKind kind) {
    String device = "broadcast-" + kind;
    try (TestClient client = fixture.logIn(kind, ALICE, device)) {
      awaitRegistered(client);
      fixture
          .server
          .eventBus()
          .publish(
              Catalogue.SESSION_ENDED.address(),
              new SessionEnded("session-" + device, ALICE, "logout"));

      assertEnded(client, kind);
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_ended_device_session_closes_its_connections_also_when_the_broadcast_is_lost(
      TransportKind kind) {
    String device = "silent-" + kind;
    try (TestClient client = fixture.logIn(kind, ALICE, device)) {
      awaitRegistered(client);
      fixture.services.endSilently(new SessionEnded("session-" + device, ALICE, "logout"));

      assertEnded(client, kind);
    }
  }

  private static void assertEnded(TestClient client, TransportKind kind) {
    JsonObject event = client.next("inbox").getJsonObject("body");
    assertThat(event.getString("event")).isEqualTo("session");
    assertThat(event.getString("status")).isEqualTo("ended");
    if (kind.hasCloseCodes()) {
      assertThat(client.awaitClosed()).isEqualTo(4401);
    } else {
      JsonObject last = client.next();
      assertError(last, 401, "unauthenticated: ");
      assertThat(last.getJsonObject("details").getInteger("close_code")).isEqualTo(4401);
      client.awaitClosed();
    }
  }

  /** A register is silent, but frames are handled in order. */
  private static void awaitRegistered(TestClient client) {
    client.request("no.such.operation", new JsonObject());
  }

  static void assertError(JsonObject frame, int status, String messageStart) {
    assertThat(frame.getString("type")).as(frame.encode()).isEqualTo("err");
    assertThat(frame.getString("failureType")).isEqualTo("RECIPIENT_FAILURE");
    assertThat(frame.getInteger("failureCode")).as(frame.encode()).isEqualTo(status);
    assertThat(frame.getString("message")).startsWith(messageStart);
  }
}
