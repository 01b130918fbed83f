package chat.jovial.mds.log;

import static chat.jovial.mds.log.ScriptedLog.ALICE;
import static chat.jovial.mds.log.ScriptedLog.BOB;
import static chat.jovial.mds.log.ScriptedLog.change;
import static chat.jovial.mds.log.ScriptedLog.message;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.ReadTarget;
import chat.jovial.contract.mss.Target;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  private final ScriptedLog log = new ScriptedLog();
  private final Admission admission = new Admission(log.context(), log);

  @Test
  void a_send_that_was_stored_before_gets_its_entry_even_if_it_would_be_refused_by_now() {
    Entry stored = log.entry(3, ALICE, Kind.MESSAGE, ScriptedLog.text());
    log.storedSend = Future.succeededFuture(Optional.of(stored));
    log.keys = Future.failedFuture(JovialException.gone("the key is destroyed"));

    PendingSend send = admit(message(ALICE, "c3"));

    assertThat(send.committed().result()).isSameAs(stored);
    assertThat(send.isReady()).isFalse();
  }

  @Test
  void an_entry_beyond_the_committed_seq_does_not_count_as_stored() {
    log.committedSeq = 2;
    log.storedSend =
        Future.succeededFuture(Optional.of(log.entry(3, ALICE, Kind.MESSAGE, ScriptedLog.text())));

    assertThat(admit(message(ALICE, "c3")).isReady()).isTrue();
  }

  @Test
  void the_first_message_needs_a_peer_who_exists() {
    log.committedSeq = 0;
    log.peerExists = Future.succeededFuture(false);
    assertRefused(admit(message(ALICE, "c1")), ErrorCode.NOT_FOUND);

    log.peerExists = Future.succeededFuture(true);
    assertThat(admit(message(ALICE, "c1")).isReady()).isTrue();
  }

  @Test
  void the_first_note_to_oneself_asks_for_nobody() {
    log.committedSeq = 0;
    log.peerExists = Future.failedFuture(new AssertionError("asked"));
    Admission own = new Admission(log.contextOf(Ids.directConversation(ALICE, ALICE)), log);
    PendingSend send = log.send(message(ALICE, "c1"));

    own.admit(send);

    assertThat(send.isReady()).isTrue();
  }

  @Test
  void a_store_that_fails_refuses_the_send() {
    log.storedSend = Future.failedFuture(JovialException.tryAgain("busy", Duration.ZERO));

    assertRefused(admit(message(ALICE, "c1")), ErrorCode.TRY_AGAIN);
  }

  @Test
  void keys_are_checked_once_in_a_while_for_each_sender() {
    admit(message(ALICE, "c1"));
    admit(message(ALICE, "c2"));
    assertThat(log.keyChecks).isEqualTo(1);
    admit(message(BOB, "c3"));
    assertThat(log.keyChecks).isEqualTo(2);

    log.time.later(CheckedSenders.FRESH.toMillis(), () -> {});
    log.time.run();
    log.keys = Future.failedFuture(JovialException.gone("the key is destroyed"));

    assertRefused(admit(message(ALICE, "c4")), ErrorCode.GONE);
  }

  @Test
  void what_refers_beyond_the_end_is_refused() {
    assertRefused(admit(change(ALICE, Kind.REACTION, 101)), ErrorCode.INVALID_REQUEST);
    assertThat(log.targetsRead).isEmpty();
  }

  @Test
  void only_messages_can_be_changed() {
    target(5, log.entry(5, ALICE, Kind.REACTION, ScriptedLog.text()));

    assertRefused(admit(change(ALICE, Kind.EDIT, 5)), ErrorCode.INVALID_REQUEST);
    assertRefused(admit(change(ALICE, Kind.EDIT, 6)), ErrorCode.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {Kind.EDIT, Kind.REDACTION})
  void others_messages_cannot_be_changed(String kind) {
    target(5, log.entry(5, ALICE, Kind.MESSAGE, ScriptedLog.text()));

    assertRefused(admit(change(BOB, kind, 5)), ErrorCode.FORBIDDEN);
    assertThat(admit(change(BOB, Kind.REACTION, 5)).isReady()).isTrue();
  }

  @Test
  void a_message_without_its_text_can_be_redacted_again_but_not_edited() {
    target(5, log.entry(5, ALICE, Kind.MESSAGE, null));

    assertRefused(admit(change(ALICE, Kind.EDIT, 5)), ErrorCode.GONE);
    assertRefused(admit(change(BOB, Kind.REACTION, 5)), ErrorCode.GONE);
    assertThat(admit(change(ALICE, Kind.REDACTION, 5)).isReady()).isTrue();
  }

  @Test
  void a_redaction_removes_the_texts_of_the_edits_too() {
    target(5, log.entry(5, ALICE, Kind.MESSAGE, ScriptedLog.text()), 7L, 9L);

    assertThat(admit(change(ALICE, Kind.REDACTION, 5)).removedSeqs()).containsExactly(7L, 9L, 5L);
  }

  @Test
  void a_message_has_a_limited_number_of_edits() {
    Long[] edits = Collections.nCopies(ReadTarget.MAX_EDITS, 7L).toArray(new Long[0]);
    target(5, log.entry(5, ALICE, Kind.MESSAGE, ScriptedLog.text()), edits);

    assertRefused(admit(change(ALICE, Kind.EDIT, 5)), ErrorCode.INVALID_REQUEST);
  }

  @Test
  void an_edit_behind_a_redaction_of_the_same_message_is_decided_after_it() {
    target(5, log.entry(5, ALICE, Kind.MESSAGE, ScriptedLog.text()));
    target(6, log.entry(6, ALICE, Kind.MESSAGE, ScriptedLog.text()));
    PendingSend redaction = admit(change(ALICE, Kind.REDACTION, 5));
    PendingSend edit = admit(change(ALICE, Kind.EDIT, 5));
    PendingSend another = admit(change(ALICE, Kind.EDIT, 6));

    assertThat(log.targetsRead).containsExactly(5L, 6L);
    assertThat(another.isReady()).isTrue();
    target(5, log.entry(5, ALICE, Kind.MESSAGE, null));
    redaction.complete(log.entry(101, ALICE, Kind.REDACTION, null));

    assertRefused(edit, ErrorCode.GONE);
  }

  @Test
  void edits_are_refused_while_a_range_is_removed_and_reactions_are_not() {
    target(5, log.entry(5, ALICE, Kind.MESSAGE, ScriptedLog.text()));
    PendingSend before = admit(change(ALICE, Kind.EDIT, 5));

    Future<?> begun = admission.beginRemoval();

    assertThat(begun.isComplete()).as("while an edit before it is not complete").isFalse();
    assertRefused(admit(change(ALICE, Kind.EDIT, 6)), ErrorCode.TRY_AGAIN);
    before.complete(log.entry(101, ALICE, Kind.EDIT, ScriptedLog.text()));
    assertThat(begun.succeeded()).isTrue();
    assertThat(admit(change(BOB, Kind.REACTION, 5)).isReady()).isTrue();
    admission.endRemoval();
    assertThat(admit(change(ALICE, Kind.EDIT, 5)).isComplete()).isFalse();
  }

  private PendingSend admit(Draft draft) {
    PendingSend send = log.send(draft);
    admission.admit(send);
    return send;
  }

  private void target(long seq, Entry entry, Long... edits) {
    log.targets.put(seq, Future.succeededFuture(new Target(entry, List.of(edits), null)));
  }

  private static void assertRefused(PendingSend send, ErrorCode code) {
    assertThat(send.isReady()).isFalse();
    assertThat(send.committed().cause())
        .isInstanceOfSatisfying(
            JovialException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
