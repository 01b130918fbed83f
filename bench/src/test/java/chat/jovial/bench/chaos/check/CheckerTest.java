package chat.jovial.bench.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.bench.chaos.check.FakeWorld.Wrong;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checker must be able to fail: each promise is broken once, and it says which. */
class CheckerTest {
  private static final Duration PROMPTNESS = Duration.ofSeconds(2);

  @Test
  void says_nothing_when_all_promises_are_kept() {
    assertThat(findings(Wrong.NOTHING).counts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "STORED_TOLD_BEFORE_A_WRITE_THAT_FAILS, LOST",
    "WRITTEN_BUT_ONE_MEMBER_CANNOT_READ_IT, LOST",
    "READ_FROM_A_CACHE_AND_NOT_IN_THE_TABLE, LOST",
    "STORED_TWICE, DUPLICATED",
    "PUSHED_AND_SHOWN_TWICE, DUPLICATED",
    "SHOWN_AGAIN_AFTER_A_CRASH, DUPLICATED",
    "LOST_ON_THE_WAY_TO_ONE_DEVICE, LOST_ON_DEVICE",
    "HELD_BUT_NOT_SHOWN, NEVER_SHOWN",
    "SHOWN_BEFORE_THE_ONE_BELOW, REORDERED",
    "STORED_AFTER_THE_NEXT_ONE, REORDERED",
    "ANSWER_BEFORE_WHAT_IT_ANSWERS, REORDERED",
    "A_NUMBER_LEFT_OUT, GAP",
    "OTHER_CONTENT_ON_ONE_DEVICE, CONTRADICTED",
    "OTHER_NUMBER_TOLD_TO_THE_SENDER, CONTRADICTED",
    "DELIVERED_TOLD_TOO_EARLY, FALSE_DELIVERED",
    "READ_TOLD_TOO_EARLY, FALSE_READ",
    "OUTBOX_EMPTIED_BY_A_CRASH, VANISHED",
    "ENTRY_OF_A_STRANGER, STRANGE",
    "SHOWN_MUCH_LATER, LATE"
  })
  void says_exactly_which_promise_was_broken(Wrong wrong, Rule rule) {
    Findings findings = findings(wrong);

    assertThat(findings.counts()).as("%s", findings.examples(rule)).isEqualTo(Map.of(rule, 1L));
    assertThat(findings.examples(rule)).hasSize(1);
  }

  @Test
  void has_a_test_for_every_rule() {
    for (Rule rule : Rule.values()) {
      assertThat(Wrong.values()).anyMatch(wrong -> findings(wrong).count(rule) == 1);
    }
  }

  private static Findings findings(Wrong wrong) {
    return new Checker(PROMPTNESS).check(new FakeWorld(wrong, PROMPTNESS).play());
  }
}
