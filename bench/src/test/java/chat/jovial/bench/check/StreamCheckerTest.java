package chat.jovial.bench.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A checker that sees nothing wrong proves nothing: each fault is shown to it. */
class StreamCheckerTest {
  private final StreamChecker checker = new StreamChecker();

  @Test
  void finds_nothing_wrong_in_a_stream_that_arrives_once_and_in_order() {
    for (int i = 0; i < 5000; i++) {
      sendAndStore(i + 1);
      checker.received(i, i + 1);
    }

    Verdict verdict = checker.verdict();
    assertThat(verdict).isEqualTo(new Verdict(5000, 5000, 5000, 0, 0, 0, 0, 0, 0, 0, 0));
    assertThat(verdict.isClean()).isTrue();
    assertThat(checker.mayEndAt(5000)).isTrue();
    assertThat(checker.mayEndAt(4999)).as("the last one is gone").isFalse();
    assertThat(checker.mayEndAt(5001)).as("an entry that nobody sent").isFalse();
  }

  @Test
  void accepts_that_a_send_with_an_unknown_outcome_was_stored() {
    sendAndStore(1);
    checker.send();
    checker.failed(1);

    assertThat(checker.mayEndAt(1)).isTrue();
    assertThat(checker.mayEndAt(2)).isTrue();
    assertThat(checker.mayEndAt(3)).isFalse();
  }

  @Test
  void accepts_that_the_reader_has_a_message_before_the_sender_is_told() {
    checker.send();
    checker.received(0, 1);
    checker.stored(0, 1);

    assertThat(checker.verdict().isClean()).isTrue();
  }

  @Test
  void reports_a_message_that_was_stored_and_never_received() {
    sendAndStore(1);
    sendAndStore(2);
    checker.received(1, 2);

    assertThat(checker.verdict().lost()).isEqualTo(1);
    assertThat(checker.verdict().isClean()).isFalse();
  }

  @Test
  void reports_a_message_that_was_received_twice() {
    sendAndStore(1);
    assertThat(checker.received(0, 1)).isTrue();
    assertThat(checker.received(0, 1)).isFalse();

    assertThat(checker.verdict().duplicated()).isEqualTo(1);
    assertThat(checker.verdict().isClean()).isFalse();
  }

  @Test
  void reports_a_message_that_came_under_a_second_seq_as_a_duplicate() {
    sendAndStore(1);
    checker.received(0, 1);
    checker.received(0, 2);

    assertThat(checker.verdict().duplicated()).isEqualTo(1);
  }

  @Test
  void reports_messages_that_were_received_out_of_order() {
    sendAndStore(1);
    sendAndStore(2);
    sendAndStore(3);
    checker.received(0, 1);
    checker.received(2, 3);
    checker.received(1, 2);

    assertThat(checker.verdict().reordered()).isEqualTo(1);
    assertThat(checker.verdict().lost()).isZero();
    assertThat(checker.verdict().isClean()).isFalse();
  }

  @Test
  void reports_a_seq_that_no_message_has() {
    sendAndStore(1);
    sendAndStore(3);
    checker.received(0, 1);
    checker.received(1, 3);

    assertThat(checker.verdict().gaps()).isEqualTo(1);
    assertThat(checker.verdict().isClean()).isFalse();
  }

  @Test
  void blames_a_failed_send_for_one_seq_that_nobody_was_told_of() {
    sendAndStore(1);
    checker.send();
    checker.failed(1);
    checker.send();
    checker.stored(2, 3);
    checker.received(0, 1);
    checker.received(2, 3);

    assertThat(checker.verdict().gaps()).isZero();
    assertThat(checker.verdict().failed()).isEqualTo(1);
    assertThat(checker.verdict().isClean()).isTrue();
  }

  @Test
  void reports_two_messages_with_the_same_seq() {
    sendAndStore(1);
    sendAndStore(1);

    assertThat(checker.verdict().contradicted()).isEqualTo(1);
  }

  @Test
  void reports_a_message_that_sender_and_reader_know_by_different_seqs() {
    sendAndStore(1);
    checker.received(0, 2);

    assertThat(checker.verdict().contradicted()).isEqualTo(1);
  }

  @Test
  void reports_a_send_that_was_never_answered() {
    checker.send();

    assertThat(checker.verdict().unanswered()).isEqualTo(1);
    assertThat(checker.verdict().isClean()).isFalse();
  }

  @Test
  void reports_answers_and_pushes_of_messages_that_were_not_sent() {
    checker.stored(7, 1);
    checker.received(-1, 1);

    assertThat(checker.verdict().stray()).isEqualTo(2);
    assertThat(checker.verdict().isClean()).isFalse();
  }

  @Test
  void adds_up_the_verdicts_of_several_streams() {
    Verdict one = new Verdict(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

    assertThat(one.plus(one)).isEqualTo(new Verdict(2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22));
  }

  private void sendAndStore(long seq) {
    checker.stored(checker.send(), seq);
  }
}
