package chat.jovial.mds.log;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.mds.log.SimulatedStore.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The code of {@link ConversationLog} on {@link SimulatedStore}: senders repeat what was not
 * settled, owners are replaced at any moment while their writes are still on the way. Afterwards
 * every two replicas must show the same log, with everything that its sender saw stored at the seq
 * that the sender saw, once; nothing that was answered as removed has its text; no receipt went
 * back.
 */
class LogSimulationTest {
  private static final int SEEDS = 500;

  @Test
  void nothing_acknowledged_is_lost_doubled_moved_or_comes_back() {
    for (int seed = 0; seed < SEEDS; seed++) {
      assertThat(new SimulationRun(seed, Fault.NONE).violation()).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      // The last has a test of its own: HalfWrittenRangeTest.
      names = {"NONE", "RANGES_ARE_IN_BODIES_ALONE"},
      mode = EnumSource.Mode.EXCLUDE)
  void the_checks_notice_a_rule_that_is_broken(Fault fault) {
    for (int seed = 0; seed < SEEDS; seed++) {
      if (new SimulationRun(seed, fault).violation().isPresent()) {
        return;
      }
    }
    throw new AssertionError("with " + fault + " nothing was noticed in " + SEEDS + " runs");
  }
}
