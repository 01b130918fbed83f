package chat.jovial.mds.log;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mds.RedactedRange;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Record of the replies and events that the clients of a simulated conversation received. In the
 * end every two replicas must show a log in which all of it is true.
 */
final class SimulationTruth {
  private final Map<String, Long> seqById = new HashMap<>();
  private final Set<Long> redacted = new HashSet<>();
  private final List<String> violations = new ArrayList<>();
  private boolean rangeDeleted;
  private long deliveredUpto;
  private long readUpto;
  private long publishedDelivered;
  private long publishedRead;

  void stored(String id, long seq) {
    Long before = seqById.put(id, seq);
    if (before != null && before != seq) {
      violations.add(id + " was answered with " + before + " and " + seq);
    }
  }

  /** A redaction of this message its sender saw stored. */
  void redacted(long target) {
    redacted.add(target);
  }

  void deleted(boolean any) {
    rangeDeleted |= any;
  }

  /**
   * Whatever two replicas a reader asks: nothing of a range whose redaction is there has a text.
   */
  void checkRangesAreHidden(List<SimulatedReplica> replicas) {
    for (int absent = 0; absent < replicas.size(); absent++) {
      List<SimulatedReplica> pair = new ArrayList<>(replicas);
      pair.remove(absent);
      SimulatedReplica read = SimulatedReplica.merged(pair);
      for (SimulatedReplica.Row row : read.entries.values()) {
        RedactedRange range = RedactedRange.of(SimulatedStore.shown(read, row.entry()));
        if (range != null) {
          read.entries.subMap(range.from(), true, range.upto(), true).values().stream()
              .map(SimulatedReplica.Row::entry)
              .filter(e -> e.isOf(Kind.MESSAGE) || e.isOf(Kind.EDIT))
              .filter(e -> SimulatedStore.shown(read, e).body() != null)
              .forEach(e -> violations.add(e.seq() + " was deleted and shows its text"));
        }
      }
    }
  }

  /** A receipt its sender saw stored. */
  void acknowledged(long seq, boolean read, boolean tooHigh) {
    if (tooHigh) {
      violations.add("a receipt for " + seq + " was taken");
    }
    deliveredUpto = Math.max(deliveredUpto, seq);
    readUpto = read ? Math.max(readUpto, seq) : readUpto;
  }

  /** A receipt was published to the other members. */
  void receiptPublished(long delivered, long read) {
    if (delivered < publishedDelivered || read < publishedRead) {
      violations.add("a receipt went back to " + delivered + ", " + read);
    }
    publishedDelivered = delivered;
    publishedRead = read;
  }

  /** The first thing that is not so, if any. */
  Optional<String> check(List<SimulatedReplica> replicas) {
    for (int absent = 0; absent < replicas.size(); absent++) {
      List<SimulatedReplica> pair = new ArrayList<>(replicas);
      pair.remove(absent);
      TreeMap<Long, Entry> log = new TreeMap<>();
      SimulatedStore.readEntries(pair)
          .forEach(row -> log.put(row.entry().seq(), SimulatedStore.withBody(pair, row.entry())));
      checkLog(log);
      checkRemoved(log, pair);
      checkReceipts(log, pair);
    }
    return violations.stream().findFirst();
  }

  private void checkLog(TreeMap<Long, Entry> log) {
    seqById.forEach(
        (id, seq) -> {
          Entry entry = log.get(seq);
          if (entry == null || !entry.clientId().equals(id)) {
            violations.add(id + " acknowledged at " + seq + " is not there");
          } else if (entry.body() == null
              && entry.removed() == null
              && !entry.isOf(Kind.REDACTION)) {
            violations.add(id + " has lost its body");
          }
        });
    long ids = log.values().stream().map(Entry::clientId).distinct().count();
    if (ids != log.size()) {
      violations.add("something is there twice");
    }
    if (!log.isEmpty() && log.lastKey() != log.size()) {
      violations.add("the log has a gap");
    }
  }

  private void checkRemoved(TreeMap<Long, Entry> log, List<SimulatedReplica> pair) {
    boolean rangeFound = false;
    for (Entry entry : log.values()) {
      Long target = entry.target();
      boolean gone =
          redacted.contains(entry.seq())
              || (entry.isOf(Kind.EDIT) && target != null && redacted.contains(target));
      if (gone) {
        checkHasNoText(entry, pair);
      }
      // The id of the redaction of a range is made by the owner.
      if (entry.isOf(Kind.REDACTION)
          && entry.body() == null
          && !entry.clientId().startsWith("redaction-")) {
        violations.add("the redaction at " + entry.seq() + " has lost its range");
      }
      if (entry.isOf(Kind.REDACTION) && entry.body() != null && target != null) {
        rangeFound = true;
        Long upto = new JsonObject(entry.body().json()).getLong("upto");
        if (upto == null) {
          violations.add("the redaction at " + entry.seq() + " has the body of another entry");
          continue;
        }
        log.subMap(target, true, upto, true).values().stream()
            .filter(e -> e.isOf(Kind.MESSAGE) || e.isOf(Kind.EDIT))
            .forEach(e -> checkHasNoText(e, pair));
      }
    }
    if (rangeDeleted && !rangeFound) {
      violations.add("messages were deleted and no entry says so");
    }
  }

  private void checkHasNoText(Entry entry, List<SimulatedReplica> pair) {
    boolean text = pair.stream().anyMatch(replica -> replica.textOf(entry.seq()) != null);
    if (entry.body() != null || text) {
      violations.add(
          entry.clientId() + " at " + entry.seq() + " was removed and still has its text");
    }
  }

  private void checkReceipts(TreeMap<Long, Entry> log, List<SimulatedReplica> pair) {
    SimulatedReplica merged = new SimulatedReplica();
    pair.forEach(replica -> replica.receipts.values().forEach(merged::putReceipt));
    Receipt stored = merged.receipts.values().stream().findFirst().orElse(Receipt.none(""));
    if (stored.deliveredUpto() < Math.max(deliveredUpto, publishedDelivered)
        || stored.readUpto() < Math.max(readUpto, publishedRead)) {
      violations.add("a receipt that was published is not stored");
    }
    if (stored.deliveredUpto() > log.size()) {
      violations.add("a receipt is above the end");
    }
  }
}
