package chat.jovial.mds.log;

import static chat.jovial.mds.log.ScriptedLog.ALICE;
import static chat.jovial.mds.log.ScriptedLog.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.mds.Kind;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SendQueueTest {
  private static final int MIB = 1024 * 1024;

  private final ScriptedLog log = new ScriptedLog();
  private final SendQueue queue = new SendQueue();

  @Test
  void a_send_that_is_not_ready_holds_back_those_behind_it() {
    PendingSend first = ready("1", 10);
    PendingSend second = waiting("2", 10);
    PendingSend third = ready("3", 10);

    assertThat(queue.removeReady(10, MIB)).containsExactly(first);
    second.markReady();
    assertThat(queue.removeReady(10, MIB)).containsExactly(second, third);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void a_group_is_bounded_by_entries_and_by_bytes() {
    PendingSend first = ready("1", 10);
    PendingSend second = ready("2", 10);
    PendingSend third = ready("3", 10);

    assertThat(queue.removeReady(10, 19)).containsExactly(first);
    assertThat(queue.removeReady(1, MIB)).containsExactly(second);
    assertThat(queue.removeReady(10, 10)).containsExactly(third);
  }

  @Test
  void a_send_that_was_refused_is_passed_over() {
    PendingSend refused = waiting("1", 10);
    PendingSend second = ready("2", 10);

    refused.fail(new IllegalStateException("refused"));

    assertThat(queue.removeReady(1, 10)).containsExactly(second);
  }

  @Test
  void bytes_are_bounded_and_freed_when_a_group_leaves() {
    for (int i = 0; i < 8; i++) {
      ready("c" + i, MIB);
    }
    PendingSend more = send("more", 1);

    assertThat(queue.hasRoomFor(more)).isFalse();
    assertThat(queue.removeReady(1, MIB)).hasSize(1);
    assertThat(queue.hasRoomFor(more)).isTrue();
  }

  @Test
  void sends_are_bounded() {
    for (int i = 0; i < 2048; i++) {
      assertThat(queue.hasRoomFor(waiting("c" + i, 1))).as("after %d", i).isEqualTo(i < 2047);
    }
  }

  @Test
  void a_send_is_pending_until_it_is_complete_also_while_it_is_written() {
    PendingSend send = ready("1", 10);
    queue.removeReady(10, MIB);

    assertThat(queue.pending(new PendingSend.Key(ALICE, "1"))).isSameAs(send);
    assertThat(queue.pending(new PendingSend.Key(BOB, "1"))).isNull();
    send.complete(log.entry(1, ALICE, Kind.MESSAGE, null));
    assertThat(queue.pending(send.key())).isNull();
  }

  @Test
  void a_signal_follows_each_completion_because_the_next_may_be_ready() {
    AtomicInteger signals = new AtomicInteger();
    queue.onReady(signals::incrementAndGet);
    PendingSend send = waiting("1", 10);

    send.fail(new IllegalStateException("refused"));

    assertThat(signals).hasValue(1);
  }

  @Test
  void a_failure_of_the_log_fails_those_that_wait_and_those_that_are_written() {
    PendingSend written = ready("1", 10);
    queue.removeReady(1, MIB);
    PendingSend waiting = waiting("2", MIB);

    queue.failAll(new IllegalStateException("lost"));

    assertThat(written.committed().cause()).hasMessage("lost");
    assertThat(waiting.committed().cause()).hasMessage("lost");
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.hasRoomFor(send("3", 8 * MIB))).isTrue();
  }

  private PendingSend ready(String clientId, int bytes) {
    PendingSend send = waiting(clientId, bytes);
    send.markReady();
    return send;
  }

  private PendingSend waiting(String clientId, int bytes) {
    PendingSend send = send(clientId, bytes);
    queue.add(send);
    return send;
  }

  private static PendingSend send(String clientId, int bytes) {
    return new PendingSend(ScriptedLog.message(ALICE, clientId), bytes, Instant.EPOCH, () -> {});
  }
}
