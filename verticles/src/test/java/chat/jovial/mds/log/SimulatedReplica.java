package chat.jovial.mds.log;

import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mds.RedactedRange;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.HiddenRange;
import chat.jovial.contract.mss.IndexModifiers.Hint;
import chat.jovial.contract.mss.WriteGroup;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One replica of a log's rows, by Cassandra's rules: the later timestamp wins, tombstones stay. */
final class SimulatedReplica {
  /** A row and its write timestamp; of two with the same timestamp the greater client id wins. */
  record Row(Entry entry, long base, long epoch) {}

  /** A column of a row of bodies; without a value it is a tombstone, which wins a tie. */
  record Cell<T>(@Nullable T value, long timestamp) {
    static <T> Cell<T> later(@Nullable Cell<T> old, Cell<T> other) {
      if (old == null || other.timestamp > old.timestamp) {
        return other;
      }
      return other.timestamp == old.timestamp && other.value == null ? other : old;
    }
  }

  record StoredSend(long seq, long epoch) {}

  final TreeMap<Long, Row> entries = new TreeMap<>();
  final Map<Long, Cell<Body>> bodies = new HashMap<>();
  final Map<Long, Cell<String>> tombstones = new HashMap<>();
  final Map<String, StoredSend> sends = new HashMap<>();
  final Set<Hint> modifiers = new HashSet<>();

  /** Both the note for the next owner and what readers go by; the end of one wins a tie. */
  final Map<HiddenRange, Cell<Boolean>> hidden = new HashMap<>();

  final Map<String, Receipt> receipts = new HashMap<>();

  /** Range tombstones: rows of the bucket from this seq on, written at or before the timestamp. */
  private record Fence(long bucket, long from, long epoch) {}

  private final Map<Fence, Boolean> fences = new HashMap<>();
  long newestBucket = -1;

  /**
   * @param rangesInRows whether the row of a redaction says how far its range goes
   */
  void apply(WriteGroup group, boolean rangesInRows) {
    if (group.opensBucket()) {
      newestBucket = Math.max(newestBucket, group.bucket());
    }
    if (group.fenceFrom() != null) {
      addFence(new Fence(group.bucket(), group.fenceFrom(), group.epoch() - 1));
    }
    for (Entry entry : group.entries()) {
      boolean whole = rangesInRows && RedactedRange.of(entry) != null;
      putEntry(
          new Row(
              whole ? entry : entry.withBody(null),
              group.committedSeqWhenWritten(),
              group.epoch()));
      if (entry.removed() != null) {
        putTombstone(entry.seq(), entry.removed(), group.epoch());
      } else if (entry.body() != null) {
        putBody(entry.seq(), new Cell<>(entry.body(), group.epoch()));
      }
      putSend(key(entry.senderId(), entry.clientId()), new StoredSend(entry.seq(), group.epoch()));
    }
  }

  static String key(String senderId, String clientId) {
    return senderId + " " + clientId;
  }

  void putTombstone(long seq, String reason, long timestamp) {
    putBody(seq, new Cell<>(null, timestamp));
    mergeTombstone(seq, new Cell<>(reason, timestamp));
  }

  void putHidden(HiddenRange range, Cell<Boolean> cell) {
    hidden.put(range, Cell.later(hidden.get(range), cell));
  }

  List<HiddenRange> hiddenRanges() {
    return hidden.entrySet().stream()
        .filter(range -> range.getValue().value() != null)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What a quorum of both shows, without a repair of either. */
  static SimulatedReplica merged(List<SimulatedReplica> pair) {
    SimulatedReplica both = new SimulatedReplica();
    pair.forEach(both::copyFencesFrom);
    for (SimulatedReplica one : pair) {
      one.entries.values().forEach(both::putEntry);
      one.bodies.forEach(both::putBody);
      one.tombstones.forEach(both::mergeTombstone);
      one.hidden.forEach(both::putHidden);
    }
    return both;
  }

  private void addFence(Fence fence) {
    fences.put(fence, true);
    entries.values().removeIf(row -> isFenced(row.entry().seq(), row.epoch()));
    bodies.entrySet().removeIf(body -> isFenced(body.getKey(), body.getValue().timestamp()));
    tombstones
        .entrySet()
        .removeIf(tombstone -> isFenced(tombstone.getKey(), tombstone.getValue().timestamp()));
  }

  void putEntry(@Nullable Row row) {
    if (row == null || isFenced(row.entry().seq(), row.epoch())) {
      return;
    }
    Row old = entries.get(row.entry().seq());
    boolean wins =
        old == null
            || row.epoch() > old.epoch()
            || (row.epoch() == old.epoch()
                && row.entry().clientId().compareTo(old.entry().clientId()) > 0);
    if (wins) {
      entries.put(row.entry().seq(), row);
    }
  }

  void putBody(long seq, @Nullable Cell<Body> body) {
    if (body != null && !isFenced(seq, body.timestamp())) {
      bodies.put(seq, Cell.later(bodies.get(seq), body));
    }
  }

  void mergeTombstone(long seq, @Nullable Cell<String> tombstone) {
    if (tombstone != null && !isFenced(seq, tombstone.timestamp())) {
      tombstones.put(seq, Cell.later(tombstones.get(seq), tombstone));
    }
  }

  void putSend(String key, @Nullable StoredSend send) {
    StoredSend old = sends.get(key);
    if (send != null && (old == null || send.epoch() >= old.epoch())) {
      sends.put(key, send);
    }
  }

  /** Each number is its own timestamp, so the higher one stays. */
  void putReceipt(Receipt receipt) {
    receipts.merge(receipt.userId(), receipt, (a, b) -> a.with(b.deliveredUpto(), b.readUpto()));
  }

  @Nullable Body textOf(long seq) {
    Cell<Body> cell = bodies.get(seq);
    return cell == null ? null : cell.value();
  }

  @Nullable String tombstoneOf(long seq) {
    Cell<String> cell = tombstones.get(seq);
    return cell == null ? null : cell.value();
  }

  void copyFencesFrom(SimulatedReplica other) {
    Map.copyOf(other.fences).keySet().forEach(this::addFence);
  }

  private boolean isFenced(long seq, long epoch) {
    return fences.keySet().stream()
        .anyMatch(
            fence ->
                fence.bucket() == Buckets.of(seq) && seq >= fence.from() && epoch <= fence.epoch());
  }
}
