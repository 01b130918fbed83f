package chat.jovial.edge;

import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.edge.frames.CloseReason;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How connections end, other than by the client's wish, and what bounds them until then. */
class SessionLifeTest {
  private static final String ALICE = Ids.text(UUID.randomUUID());
  private static final String BOB = Ids.text(UUID.randomUUID());

  private EdgeFixture fixture = new EdgeFixture(Map.of());

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource
  void what_is_sent_right_behind_session_open_counts_on_the_session(TransportKind kind) {
    // The edge has no keys yet, so that opening takes a while.
    String token = fixture.tokens.userToken(ALICE, "eager");
    try (TestClient client = fixture.connect(kind)) {
      JsonObject open = new JsonObject().put("user_token", token);
      client.send(TestClient.frame("session.open", open, new JsonObject(), "open"));
      client.send(new JsonObject().put("type", "register").put("address", "inbox"));
      client.send(
          TestClient.frame("mds.send", TestClient.text(ALICE, "me"), new JsonObject(), "send"));

      assertThat(client.next().getString("address")).isEqualTo("open");
      JsonObject stored = client.next();
      assertThat(stored.getString("type")).as(stored.encode()).isEqualTo(kind.messageType());
      assertThat(stored.getString("address")).isEqualTo("send");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_connection_ends_when_its_token_expires_unless_it_is_renewed(TransportKind kind) {
    String soon =
        fixture.tokens.sign(
            fixture.tokens.claims(ALICE, "a").put("exp", Instant.now().getEpochSecond() + 3));
    try (TestClient renewed = fixture.connect(kind).logIn(soon);
        TestClient expired = fixture.connect(kind).logIn(soon)) {
      JsonObject again =
          renewed.request(
              "session.open",
              new JsonObject().put("user_token", fixture.tokens.userToken(ALICE, "a")));
      assertThat(again.getJsonObject("body").getString("user_id")).isEqualTo(ALICE);

      assertThat(expired.next("inbox").getJsonObject("body").getString("status"))
          .isEqualTo("ended");
      assertClosed(expired, kind, 4401);

      assertThat(renewed.request("mds.send", TestClient.text(BOB, "on")).getString("type"))
          .isEqualTo(kind.messageType());
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_connection_without_a_session_is_closed(TransportKind kind) {
    restart(Map.of("edge.open_timeout", "4s"));
    try (TestClient silent = fixture.connect(kind);
        TestClient loggedIn = fixture.logIn(kind, ALICE, "a")) {
      assertClosed(silent, kind, 4401);

      assertThat(loggedIn.request("mds.send", TestClient.text(BOB, "on")).getString("type"))
          .isEqualTo(kind.messageType());
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_silent_connection_is_closed_and_one_that_pings_is_not(TransportKind kind) {
    restart(Map.of("edge.ping_interval", "1s"));
    try (TestClient pinging = fixture.logIn(kind, ALICE, "pinging");
        TestClient silent = fixture.logIn(kind, ALICE, "silent")) {
      long timer =
          fixture.clients.setPeriodic(
              200, unused -> pinging.send(new JsonObject().put("type", "ping")));

      assertClosed(silent, kind, 4408);

      assertThat(pinging.request("mds.send", TestClient.text(BOB, "on")).getString("type"))
          .isEqualTo(kind.messageType());
      fixture.clients.cancelTimer(timer);
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_oldest_of_too_many_connections_of_a_device_is_replaced(TransportKind kind) {
    restart(Map.of("edge.max_connections_per_device", "2"));
    try (TestClient oldest = fixture.logIn(kind, ALICE, "a");
        TestClient otherDevice = fixture.logIn(kind, ALICE, "b");
        TestClient second = fixture.logIn(kind, ALICE, "a");
        TestClient third = fixture.logIn(kind, ALICE, "a")) {
      assertClosed(oldest, kind, 4409);

      for (TestClient kept : new TestClient[] {otherDevice, second, third}) {
        assertThat(kept.request("mds.send", TestClient.text(BOB, "on")).getString("type"))
            .isEqualTo(kind.messageType());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_node_takes_so_many_connections_and_no_more(TransportKind kind) {
    restart(Map.of("edge.max_connections", "2"));
    try (TestClient first = fixture.logIn(kind, ALICE, "a");
        TestClient second = fixture.logIn(kind, BOB, "b")) {
      try {
        fixture.connect(kind);
      } catch (Exception refused) {
        // A WebSocket does not even get so far as to be one.
      }
      await("one connection is refused")
          .until(() -> fixture.count("jovial.edge.connections.refused"), refused -> refused == 1);
      await("two channels are open").until(() -> fixture.edge.openChannels(), open -> open == 2);

      assertThat(first.request("mds.send", TestClient.text(BOB, "on")).getString("type"))
          .isEqualTo(kind.messageType());
      assertThat(second.request("mds.send", TestClient.text(ALICE, "on")).getString("type"))
          .isEqualTo(kind.messageType());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "WEB_SOCKET_TEXT"})
  void beyond_the_requests_in_flight_nothing_more_is_read_until_one_is_answered(
      TransportKind kind) {
    restart(Map.of("edge.max_requests_in_flight", "3"));
    try (TestClient client = fixture.logIn(kind, ALICE, "a")) {
      JsonObject slow = TestClient.text(BOB, TestServices.UNANSWERED);
      for (int i = 0; i < 3; i++) {
        client.send(TestClient.frame("mds.send", slow, new JsonObject(), "slow-" + i));
      }
      client.send(
          TestClient.frame("mds.send", TestClient.text(BOB, "x"), new JsonObject(), "after"));
      await("three requests have no reply")
          .until(() -> fixture.services.unanswered().size(), pending -> pending == 3);

      fixture.services.unanswered().get(1).reply(JovialException.forbidden("test"));

      List<String> order = new ArrayList<>();
      order.add(client.next().getString("address"));
      order.add(client.next().getString("address"));
      assertThat(order).containsExactly("slow-1", "after");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_node_that_stops_tells_its_clients_to_reconnect(TransportKind kind) {
    try (TestClient client = fixture.logIn(kind, ALICE, "a")) {
      client.request("no.such.operation", new JsonObject());

      var stopped = fixture.edge.close();

      assertThat(client.next("inbox").getJsonObject("body").getString("status"))
          .isEqualTo("reconnect");
      assertClosed(client, kind, 1001);
      stopped.await();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_node_that_is_cut_off_from_the_others_sends_its_clients_elsewhere_while_it_is(
      TransportKind kind) {
    try (TestClient client = fixture.logIn(kind, ALICE, "a")) {
      fixture.cutOff.set(true);

      assertThat(client.next("inbox").getJsonObject("body").getString("status"))
          .isEqualTo("reconnect");
      assertClosed(client, kind, 1001);
      assertThat(fixture.closed(CloseReason.CUT_OFF)).isEqualTo(1);
    }
    JsonObject open = new JsonObject().put("user_token", fixture.tokens.userToken(ALICE, "again"));
    try (TestClient client = fixture.connect(kind)) {
      for (JsonObject refused :
          new JsonObject[] {
            client.request("session.open", open), client.request("ums.user.verify", open)
          }) {
        assertThat(refused.getString("type")).as(refused.encode()).isEqualTo("err");
        assertThat(refused.getInteger("failureCode")).isEqualTo(503);
        assertThat(refused.getString("message")).contains("connect to another one");
      }

      fixture.cutOff.set(false);
      client.logIn(open.getString("user_token"));
      assertThat(client.request("mds.send", TestClient.text(BOB, "on")).getString("type"))
          .isEqualTo(kind.messageType());
    }
  }

  private static void assertClosed(TestClient client, TransportKind kind, int code) {
    if (kind.hasCloseCodes()) {
      assertThat(client.awaitClosed()).isEqualTo(code);
    } else {
      JsonObject frame = client.next();
      while (!"err".equals(frame.getString("type"))) {
        frame = client.next();
      }
      assertThat(frame.getJsonObject("details").getInteger("close_code")).isEqualTo(code);
      client.awaitClosed();
    }
  }

  private void restart(Map<String, String> settings) {
    fixture.close();
    fixture = new EdgeFixture(settings);
  }
}
