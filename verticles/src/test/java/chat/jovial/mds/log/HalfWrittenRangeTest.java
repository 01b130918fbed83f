package chat.jovial.mds.log;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.access.Memberships;
import chat.jovial.cluster.Ownership;
import chat.jovial.contract.Ids;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.RedactedRange;
import chat.jovial.contract.mds.Removal;
import chat.jovial.contract.mss.WriteGroup;
import chat.jovial.mds.log.SimulatedStore.Fault;
import chat.jovial.mds.store.OwnershipTerm;
import chat.jovial.mds.store.RetryingLogWrites;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * An owner ends after one replica of three has the redaction of a range. The next one keeps it with
 * its range or not at all. In the histories of {@link LogSimulationTest} this meets too seldom.
 */
class HalfWrittenRangeTest {
  private static final int SEEDS = 100;
  private static final long PREVIOUS = 1L << 30;
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  private final String ann = Ids.text(new UUID(0, 1));
  private final String bob = Ids.text(new UUID(0, 2));
  private final String conversation = Ids.directConversation(ann, bob);

  @Test
  void the_next_owner_keeps_the_redaction_of_a_range_whole_or_not_at_all() {
    assertThat(IntStream.range(0, SEEDS).mapToObj(seed -> violation(seed, Fault.NONE)))
        .containsOnly(Optional.empty());
  }

  @Test
  void it_would_lose_the_range_if_only_the_body_had_it() {
    Fault fault = Fault.RANGES_ARE_IN_BODIES_ALONE;
    assertThat(IntStream.range(0, SEEDS).mapToObj(seed -> violation(seed, fault)))
        .contains(Optional.of("the redaction at 3 has lost its range"));
  }

  private Optional<String> violation(int seed, Fault fault) {
    SimulatedTime time = new SimulatedTime();
    SimulatedStore store = new SimulatedStore(time, new Random(seed), fault);
    Entry first = entry(1, Kind.MESSAGE, text(), null);
    Entry second = entry(2, Kind.MESSAGE, text(), null);
    Entry redaction = entry(3, Kind.REDACTION, RedactedRange.bodyUpto(2), 1L);
    for (SimulatedReplica replica : store.replicas) {
      replica.apply(group(0, List.of(first, second)), true);
      replica.putTombstone(1, Removal.DELETED, PREVIOUS + 1);
      replica.putTombstone(2, Removal.DELETED, PREVIOUS + 1);
    }
    store.replicas.get(0).apply(group(2, List.of(redaction)), fault == Fault.NONE);
    OwnershipTerm term = OwnershipTerm.begin(new NextOwner(), 0);
    LogContext context =
        new LogContext(
            conversation,
            term,
            store,
            new RetryingLogWrites(store, term, time::timer),
            push -> {},
            new Memberships(),
            new LogLimits(64 * 1024, LogLimits.MAX_REMOVED_AT_ONCE),
            time,
            time::timer);
    new ConversationLog(context, closed -> {}).committedSeq();
    time.run();
    return new SimulationTruth().check(store.replicas);
  }

  private WriteGroup group(long base, List<Entry> entries) {
    return new WriteGroup(conversation, 0, PREVIOUS, base, THEN, base == 0, null, entries);
  }

  private Entry entry(long seq, String kind, Body body, @Nullable Long target) {
    String id = "entry-" + seq;
    return new Entry(
        conversation,
        seq,
        ann,
        bob,
        "device",
        id,
        THEN,
        THEN,
        kind,
        body,
        null,
        null,
        target,
        null);
  }

  private static Body text() {
    return Body.of(JsonNodeFactory.instance.objectNode().put("type", "text").put("text", "hello"));
  }

  /** Claimed the conversation later, and never loses it. */
  private static final class NextOwner implements Ownership {
    @Override
    public long claim(int shard) {
      return PREVIOUS + (1L << 20);
    }

    @Override
    public long epoch(int shard) {
      return claim(shard);
    }

    @Override
    public void advanceEpoch(int shard) {
      throw new IllegalStateException("nothing was left unresolved");
    }
  }
}
