package chat.jovial.client;

import static chat.jovial.client.Device.await;
import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.client.ScriptedServer.Outcome;
import chat.jovial.client.model.Body;
import chat.jovial.client.model.Connection;
import chat.jovial.client.model.Connection.Status;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Outgoing;
import chat.jovial.client.model.Tokens;
import chat.jovial.client.store.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerConnectionTest {
  private final ScriptedServer server = new ScriptedServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private static Status status(Device device) {
    return await(device.client.connection()).status();
  }

  @Test
  void a_session_that_the_server_ends_is_renewed_with_the_refresh_token() {
    List<Tokens> renewed = new CopyOnWriteArrayList<>();
    try (Device ann =
        new Device(
            Device.config(server, "ann", new MemoryStore()).onTokens(renewed::add).build())) {
      await("ann is online").until(() -> status(ann) == Status.ONLINE);
      server.closeAll(4401, "unauthenticated: the session has ended");
      await("the tokens are renewed once").until(() -> renewed.size() == 1);
      await("ann is online").until(() -> status(ann) == Status.ONLINE);
      assertThat(server.countOf("ums.user.refresh")).isEqualTo(1);
    }
  }

  @Test
  void a_logged_out_device_ends_and_keeps_what_it_has() {
    server.scripts.put("ums.user.refresh", body -> Outcome.FORBIDDEN);
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      await(ann.client.send("bob", Body.text("Hi")).stored());
      server.closeAll(4401, "unauthenticated: logged out");
      await("ann is ended").until(() -> status(ann) == Status.ENDED);
      assertThat(ann.texts("d.ann.bob")).containsExactly("Hi");
      Outgoing late = ann.client.send("bob", Body.text("later"));
      await(late.queued());
      assertThat(ann.texts("d.ann.bob")).containsExactly("Hi", "later");
    }
  }

  @Test
  void its_own_close_is_not_an_ended_session() {
    Device ann = new Device(server, "ann", new MemoryStore());
    await("ann is online").until(() -> status(ann) == Status.ONLINE);
    ann.close();
    assertThat(ann.connections).last().extracting(Connection::status).isEqualTo(Status.CLOSED);
    assertThat(ann.client.send("bob", Body.text("late")).stored())
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            JovialException.class, e -> assertThat(e.code()).isEqualTo(JovialException.CLOSED));
  }

  @Test
  void a_replaced_connection_does_not_come_back() {
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      await("ann is online").until(() -> status(ann) == Status.ONLINE);
      server.closeAll(4409, "conflict: replaced");
      await("ann is ended").until(() -> status(ann) == Status.ENDED);
      assertThat(server.countOf("session.open")).isEqualTo(1);
    }
  }

  @Test
  void a_server_that_goes_away_is_left_for_the_next() {
    try (ScriptedServer other = new ScriptedServer();
        Device ann =
            new Device(
                Device.config(server, "ann", new MemoryStore())
                    .endpoint("localhost", other.port())
                    .build())) {
      await("ann is online").until(() -> status(ann) == Status.ONLINE);
      ScriptedServer first = server.countOf("session.open") > 0 ? server : other;
      first.closeAll(1001, "try_again: the server is going away");
      await("a session is opened at the other server")
          .until(() -> (first == server ? other : server).countOf("session.open") == 1);
      await("ann is online").until(() -> status(ann) == Status.ONLINE);
    }
  }

  @Test
  void a_server_that_falls_silent_is_noticed() {
    server.scripts.put("session.open", body -> Outcome.SILENCE);
    try (Device ann =
        new Device(
            Device.config(server, "ann", new MemoryStore())
                .ping(Duration.ofMillis(100), Duration.ofMillis(100))
                .build())) {
      await("session.open is requested at least 3 times")
          .until(() -> server.countOf("session.open") >= 3);
      assertThat(ann.connections)
          .anyMatch(connection -> String.valueOf(connection.reason()).contains("silent"));
    }
  }

  @Test
  void requests_settle_when_the_connection_ends_and_when_nobody_answers() {
    server.scripts.put("ums.users.find", body -> Outcome.SILENCE);
    try (Device ann =
        new Device(
            Device.config(server, "ann", new MemoryStore())
                .timeouts(Duration.ofSeconds(5), Duration.ofMillis(300))
                .build())) {
      await("ann is online").until(() -> status(ann) == Status.ONLINE);
      assertThatThrownBy(() -> await(ann.client.request("ums.users.find", Map.of())))
          .hasRootCauseMessage("no reply within 300 ms");
      var asked = ann.client.request("ums.users.find", Map.of());
      server.cut();
      assertThatThrownBy(() -> await(asked)).isInstanceOf(AssertionError.class);
    }
    Device closed = new Device(server, "ann", new MemoryStore());
    closed.close();
    assertThatThrownBy(() -> await(closed.client.request("ums.users.find", Map.of())))
        .hasRootCauseMessage("the client is closed");
  }

  @Test
  void renewed_tokens_are_used_by_the_next_run_though_the_app_gives_the_old_ones() {
    MemoryStore store = new MemoryStore();
    try (Device ann = new Device(server, "ann", store)) {
      await("ann is online").until(() -> status(ann) == Status.ONLINE);
      server.closeAll(4401, "unauthenticated: over");
      await("ums.user.refresh is requested once")
          .until(() -> server.countOf("ums.user.refresh") == 1);
      await("ann is online").until(() -> status(ann) == Status.ONLINE);
    }
    try (Device ann = new Device(server, "ann", store)) {
      await("ann is online").until(() -> status(ann) == Status.ONLINE);
      server.closeAll(4401, "unauthenticated: over");
      await("ums.user.refresh is requested 2 times")
          .until(() -> server.countOf("ums.user.refresh") == 2);
      assertThat(server.requests)
          .filteredOn(request -> ScriptedServer.isFor(request, "ums.user.refresh"))
          .last()
          .satisfies(
              request ->
                  assertThat(request.path("body").path("refresh_token").asText())
                      .isEqualTo("next"));
    }
  }

  @Test
  void a_store_of_another_user_is_refused() {
    MemoryStore store = new MemoryStore();
    new Device(server, "ann", store).close();
    assertThatThrownBy(() -> new Device(server, "bob", store))
        .hasMessageContaining("is that of user ann");
  }

  @Test
  void two_hundred_clients_share_two_threads() {
    try (ClientThreads threads = ClientThreads.shared(2)) {
      List<Device> devices =
          IntStream.range(0, 200)
              .mapToObj(
                  i ->
                      new Device(
                          Device.config(server, "user" + i, new MemoryStore())
                              .threads(threads)
                              .build()))
              .toList();
      devices.forEach(
          device -> await("device is online").until(() -> status(device) == Status.ONLINE));
      List<String> got = new CopyOnWriteArrayList<>();
      devices.get(199).client.on(Event.MESSAGE, message -> got.add(Device.textOf(message)));
      devices.get(0).client.send("user199", Body.text("Hi"));
      await("the message arrives once").until(() -> got.equals(List.of("Hi")));
      devices.forEach(Device::close);
    }
  }
}
