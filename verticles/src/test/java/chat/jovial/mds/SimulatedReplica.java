package chat.jovial.mds;

import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.WriteGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One replica of a log's rows, by Cassandra's rules: the later timestamp wins, tombstones stay. */
final class SimulatedReplica {
  /** A row and its write timestamp; of two with the same timestamp the greater client id wins. */
  record Row(Entry entry, long base, long epoch) {}

  record StoredBody(Body body, long epoch) {}

  record StoredSend(long seq, long epoch) {}

  final TreeMap<Long, Row> entries = new TreeMap<>();
  final Map<Long, StoredBody> bodies = new HashMap<>();
  final Map<String, StoredSend> sends = new HashMap<>();

  /** Range tombstones: rows of the bucket from this seq on, written at or before the timestamp. */
  private record Fence(long bucket, long from, long epoch) {}

  private final Map<Fence, Boolean> fences = new HashMap<>();
  long newestBucket = -1;

  void apply(WriteGroup group) {
    if (group.opensBucket()) {
      newestBucket = Math.max(newestBucket, group.bucket());
    }
    if (group.fenceFrom() != null) {
      addFence(new Fence(group.bucket(), group.fenceFrom(), group.epoch() - 1));
    }
    for (Entry entry : group.entries()) {
      putEntry(new Row(entry.withBody(null), group.base(), group.epoch()));
      if (entry.body() != null) {
        putBody(entry.seq(), new StoredBody(entry.body(), group.epoch()));
      }
      putSend(key(entry.senderId(), entry.clientId()), new StoredSend(entry.seq(), group.epoch()));
    }
  }

  static String key(String senderId, String clientId) {
    return senderId + " " + clientId;
  }

  private void addFence(Fence fence) {
    fences.put(fence, true);
    entries.values().removeIf(row -> isFenced(row.entry().seq(), row.epoch()));
    bodies.entrySet().removeIf(body -> isFenced(body.getKey(), body.getValue().epoch()));
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

  void putBody(long seq, @Nullable StoredBody body) {
    if (body == null || isFenced(seq, body.epoch())) {
      return;
    }
    StoredBody old = bodies.get(seq);
    if (old == null || body.epoch() >= old.epoch()) {
      bodies.put(seq, body);
    }
  }

  void putSend(String key, @Nullable StoredSend send) {
    StoredSend old = sends.get(key);
    if (send != null && (old == null || send.epoch() >= old.epoch())) {
      sends.put(key, send);
    }
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
