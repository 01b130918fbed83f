package chat.jovial.mds.log;

import static chat.jovial.mds.log.ScriptedLog.ALICE;
import static chat.jovial.mds.log.ScriptedLog.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Receipt;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatermarksTest {
  private final ScriptedLog log = new ScriptedLog();
  private final List<Instant> writtenAt = new ArrayList<>();
  private final Watermarks watermarks =
      new Watermarks(
          log.context(),
          at -> {
            writtenAt.add(at);
            return Future.succeededFuture();
          });

  @Test
  void what_arrives_together_is_one_write_and_then_published_to_all_members() {
    Future<Void> delivered = watermarks.raise(ALICE, 5, 0);
    Future<Void> read = watermarks.raise(ALICE, 0, 4);
    Future<Void> other = watermarks.raise(BOB, 3, 0);
    assertThat(delivered.isComplete()).isFalse();

    log.time.run();

    assertThat(log.receiptWrites).hasSize(1);
    assertThat(log.receiptWrites.get(0).receipts())
        .containsExactlyInAnyOrder(new Receipt(ALICE, 5, 4), new Receipt(BOB, 3, 0));
    assertThat(List.of(delivered, read, other)).allMatch(Future::succeeded);
    assertThat(log.published)
        .hasSize(2)
        .allSatisfy(push -> assertThat(push.userIds()).containsExactlyInAnyOrder(ALICE, BOB));
  }

  @Test
  void nothing_is_answered_or_published_before_it_is_stored() {
    Promise<Void> reply = Promise.promise();
    log.receiptWriteReply = reply.future();
    Future<Void> raised = watermarks.raise(ALICE, 5, 5);

    log.time.run();

    assertThat(log.receiptWrites).hasSize(1);
    assertThat(watermarks.isQuiet()).isFalse();
    assertThat(raised.isComplete()).isFalse();
    assertThat(log.published).isEmpty();
    reply.complete();
    assertThat(raised.succeeded()).isTrue();
    assertThat(log.published).hasSize(1);
  }

  @Test
  void what_is_stored_already_is_answered_at_once_and_not_published_twice() {
    raise(ALICE, 5, 5);

    assertThat(watermarks.raise(ALICE, 5, 3).succeeded()).isTrue();
    assertThat(log.receiptWrites).hasSize(1);
    assertThat(log.published).hasSize(1);
  }

  @Test
  void what_only_a_previous_owner_has_published_is_published_again() {
    log.storedReceipts = Future.succeededFuture(List.of(new Receipt(ALICE, 5, 5)));

    raise(ALICE, 5, 5);

    assertThat(log.published).hasSize(1);
  }

  @Test
  void a_watermark_never_goes_back() {
    log.storedReceipts = Future.succeededFuture(List.of(new Receipt(ALICE, 9, 2)));

    raise(ALICE, 4, 4);

    assertThat(log.receiptWrites.get(0).receipts()).containsExactly(new Receipt(ALICE, 9, 4));
  }

  @Test
  void there_is_a_second_between_two_writes() {
    raise(ALICE, 1, 1);
    raise(ALICE, 2, 2);
    raise(ALICE, 3, 3);

    assertThat(writtenAt).hasSize(3);
    for (int i = 1; i < writtenAt.size(); i++) {
      assertThat(Duration.between(writtenAt.get(i - 1), writtenAt.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void a_failure_of_the_store_fails_those_who_wait_and_the_next_ask_again() {
    log.storedReceipts = Future.failedFuture(JovialException.tryAgain("busy", Duration.ZERO));
    Future<Void> failed = watermarks.raise(ALICE, 5, 5);
    log.time.run();
    assertThat(failed.failed()).isTrue();

    log.storedReceipts = Future.succeededFuture(List.of());
    raise(ALICE, 5, 5);

    assertThat(log.published).hasSize(1);
  }

  @Test
  void an_owner_whose_term_has_ended_publishes_nothing() {
    Future<Void> raised = watermarks.raise(ALICE, 5, 5);
    log.claim = 8;

    log.time.run();

    assertThat(raised.succeeded()).isTrue();
    assertThat(log.published).isEmpty();
  }

  @Test
  void those_who_wait_when_the_log_closes_fail_and_so_do_later_ones() {
    Future<Void> waiting = watermarks.raise(ALICE, 5, 5);

    watermarks.close(new IllegalStateException("closed"));
    log.time.run();

    assertThat(waiting.cause()).hasMessage("closed");
    assertTryAgain(watermarks.raise(BOB, 1, 1));
    assertThat(log.receiptWrites).isEmpty();
  }

  @Test
  void those_who_wait_are_bounded() {
    for (int i = 1; i <= 4096; i++) {
      assertThat(watermarks.raise(ALICE, i, 0).failed()).isFalse();
    }

    assertTryAgain(watermarks.raise(ALICE, 5000, 0));
  }

  private void raise(String userId, long delivered, long read) {
    Future<Void> raised = watermarks.raise(userId, delivered, read);
    log.time.run();
    assertThat(raised.succeeded()).isTrue();
  }

  private static void assertTryAgain(Future<Void> raised) {
    assertThat(raised.cause())
        .isInstanceOfSatisfying(
            JovialException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.TRY_AGAIN));
  }
}
