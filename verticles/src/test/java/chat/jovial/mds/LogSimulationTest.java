package chat.jovial.mds;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.cluster.Ownership;
import chat.jovial.contract.Ids;
import chat.jovial.contract.mds.Stored;
import chat.jovial.mds.SimulatedStore.Fault;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The code of {@link ConversationLog} on {@link SimulatedStore}: senders repeat what was not
 * settled, owners are replaced at any moment while their writes are still on the way. Afterwards
 * every two replicas must show the same log, with each message that was told to be stored at the
 * place told, once.
 */
class LogSimulationTest {
  private static final int SEEDS = 500;
  private static final int MESSAGES = 24;
  private static final int OWNERS = 4;

  @Test
  void nothing_told_is_lost_doubled_or_moved() {
    for (int seed = 0; seed < SEEDS; seed++) {
      assertThat(new Run(seed, Fault.NONE).violation()).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void the_checks_notice_a_rule_that_is_broken(Fault fault) {
    for (int seed = 0; seed < SEEDS; seed++) {
      if (new Run(seed, fault).violation().isPresent()) {
        return;
      }
    }
    throw new AssertionError("with " + fault + " nothing was noticed in " + SEEDS + " runs");
  }

  /** One history of a conversation; the same seed gives the same one. */
  private static final class Run {
    private final Random random;
    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedStore store;
    private final String ann = LogNode.newUser();
    private final String bob = LogNode.newUser();
    private final Map<String, Long> told = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private @Nullable Owner owner;
    private int settledCount;

    Run(int seed, Fault fault) {
      random = new Random(seed);
      store = new SimulatedStore(time, random, fault);
    }

    Optional<String> violation() {
      for (int k = 1; k <= OWNERS; k++) {
        int number = k;
        time.later(
            k == 1 ? 0 : (long) (k - 1) * 120 + random.nextInt(120),
            () -> {
              if (owner != null) {
                owner.lost = true;
              }
              owner = new Owner(number * 1000L);
            });
      }
      for (int i = 0; i < MESSAGES; i++) {
        String id = "message-" + i;
        time.later(random.nextInt(500), () -> send(id));
      }
      try {
        time.run();
      } catch (IllegalStateException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
      assertThat(settledCount).as("every sender got an answer in the end").isEqualTo(MESSAGES);
      check();
      return violations.stream().findFirst();
    }

    private void send(String id) {
      Owner asked = owner;
      if (asked == null) {
        time.later(10, () -> send(id));
        return;
      }
      Future<Stored> sent = asked.log().send(LogNode.user(ann), LogNode.message(bob, id, id), id);
      boolean answerLost = random.nextInt(8) == 0;
      sent.onComplete(
          done -> {
            if (done.succeeded()) {
              tell(id, done.result().seq());
            }
            if (done.failed() || answerLost) {
              time.later(random.nextInt(80), () -> send(id));
            } else {
              settledCount++;
              if (random.nextInt(4) == 0) {
                settledCount--;
                time.later(random.nextInt(300), () -> send(id));
              }
            }
          });
    }

    private void tell(String id, long seq) {
      Long before = told.put(id, seq);
      if (before != null && before != seq) {
        violations.add(id + " was told " + before + " and " + seq);
      }
    }

    private void check() {
      for (int absent = 0; absent < 3; absent++) {
        List<SimulatedReplica> pair = new ArrayList<>(store.replicas);
        pair.remove(absent);
        TreeMap<Long, String> log = new TreeMap<>();
        SimulatedStore.readEntries(pair)
            .forEach(row -> log.put(row.entry().seq(), row.entry().clientId()));
        told.forEach(
            (id, seq) -> {
              if (!id.equals(log.get(seq))) {
                violations.add(id + " told at " + seq + " is not there");
              }
              if (!pair.get(0).bodies.containsKey(seq) && !pair.get(1).bodies.containsKey(seq)) {
                violations.add(id + " has lost its body");
              }
            });
        if (log.values().stream().distinct().count() != log.size()) {
          violations.add("a message is there twice: " + log);
        }
        if (!log.isEmpty() && log.lastKey() != log.size()) {
          violations.add("the log has a gap: " + log);
        }
      }
    }

    /** A process that owns the conversation until it is replaced. */
    private final class Owner implements Ownership {
      private final long claim;
      private long lostLogs;
      private boolean lost;
      private @Nullable ConversationLog log;

      Owner(long claim) {
        this.claim = claim;
      }

      @Override
      public long claim(int shard) {
        return lost ? NOT_OWNED : claim;
      }

      @Override
      public long epoch(int shard) {
        return claim + lostLogs;
      }

      @Override
      public void advanceEpoch(int shard) {
        lostLogs++;
      }

      ConversationLog log() {
        // Now and then a log is lost in mid-work, as when its code fails.
        if (log != null && random.nextInt(40) == 0) {
          log.close();
        }
        if (log == null || !log.isOwner()) {
          log =
              new ConversationLog(
                  Ids.directConversation(ann, bob),
                  Tenure.begin(this, 0),
                  store,
                  new Persistence(store, time::timer),
                  group -> {},
                  new MdsConfig(64 * 1024, 10, Duration.ofMinutes(1)),
                  time,
                  closed -> {});
        }
        return log;
      }
    }
  }
}
