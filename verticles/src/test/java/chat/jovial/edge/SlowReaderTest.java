package chat.jovial.edge;

import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Ids;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.Push;
import chat.jovial.edge.frames.CloseReason;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers that stop, or read a trickle, are closed, and their sockets are gone. */
class SlowReaderTest {
  private static final String ALICE = Ids.text(UUID.randomUUID());
  private static final String BOB = Ids.text(UUID.randomUUID());
  private static final int ENTRY_CHARACTERS = 100_000;

  private static final Body LONG_BODY =
      Body.ofStored(
          new JsonObject().put("type", "text").put("text", "x".repeat(ENTRY_CHARACTERS)).encode());

  /** Slow enough that what waits at one moment takes longer than the stall timeout. */
  private static final long TRICKLE_MILLIS = 400;

  /** More than the kernel keeps for a connection. */
  private static final int ENTRIES = 200;

  private EdgeFixture fixture = new EdgeFixture(Map.of());

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_reader_that_stops_is_closed_when_too_much_waits_for_it(TransportKind kind) {
    start(Map.of("edge.max_outbound_bytes", "262144", "edge.stall_timeout", "5m"));
    try (TestClient slow = fixture.logIn(kind, ALICE, "slow");
        TestClient other = fixture.logIn(kind, BOB, "other")) {
      awaitRegistered(slow, other);
      slow.setReading(false);

      for (int seq = 1; seq <= ENTRIES; seq++) {
        push(List.of(ALICE, BOB), seq);
        assertThat(other.next("inbox").getJsonObject("body").getLong("seq")).isEqualTo(seq);
      }

      assertGone();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_reader_that_stops_is_closed_when_it_takes_too_long(TransportKind kind) {
    start(Map.of("edge.max_outbound_bytes", "67108864", "edge.stall_timeout", "1s"));
    try (TestClient slow = fixture.logIn(kind, ALICE, "slow")) {
      awaitRegistered(slow);
      slow.setReading(false);

      for (int seq = 1; seq <= ENTRIES; seq++) {
        push(List.of(ALICE), seq);
      }

      assertGone();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_reader_of_a_trickle_is_closed_too(TransportKind kind) {
    start(Map.of("edge.max_outbound_bytes", "67108864", "edge.stall_timeout", "1s"));
    try (TestClient slow = fixture.logIn(kind, ALICE, "slow")) {
      awaitRegistered(slow);
      slow.setReading(false);
      long trickle = fixture.clients.setPeriodic(TRICKLE_MILLIS, timer -> slow.readOne());

      for (int seq = 1; seq <= ENTRIES; seq++) {
        push(List.of(ALICE), seq);
      }

      assertGone();
      fixture.clients.cancelTimer(trickle);
    }
  }

  private void start(Map<String, String> settings) {
    fixture.close();
    fixture = new EdgeFixture(settings);
  }

  private void assertGone() {
    await("the slow reader is closed").until(() -> fixture.closed(CloseReason.TOO_SLOW) == 1);
    await("at most one session is left")
        .until(() -> fixture.gauge("jovial.edge.sessions"), open -> open <= 1);
    await("at most one channel is left")
        .until(() -> fixture.edge.openChannels(), open -> open <= 1);
  }

  private void push(List<String> users, long seq) {
    Entry entry =
        new Entry(
            "conversation",
            seq,
            BOB,
            null,
            "device",
            "client-" + seq,
            Instant.EPOCH,
            Instant.EPOCH,
            Kind.MESSAGE,
            LONG_BODY,
            null,
            null,
            null,
            null);
    fixture.services.publish(Push.ofEntries(users, List.of(entry), List.of("")));
  }

  private static void awaitRegistered(TestClient... clients) {
    for (TestClient client : clients) {
      client.request("no.such.operation", new JsonObject());
    }
  }
}
