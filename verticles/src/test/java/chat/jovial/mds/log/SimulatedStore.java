package chat.jovial.mds.log;

import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mds.Removal;
import chat.jovial.contract.mss.CheckKeys;
import chat.jovial.contract.mss.CountRange;
import chat.jovial.contract.mss.FindSend;
import chat.jovial.contract.mss.FindTime;
import chat.jovial.contract.mss.HiddenRange;
import chat.jovial.contract.mss.HideRange;
import chat.jovial.contract.mss.IndexModifiers;
import chat.jovial.contract.mss.IndexModifiers.Hint;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.contract.mss.RangeCount;
import chat.jovial.contract.mss.RangeRemoved;
import chat.jovial.contract.mss.ReadTail;
import chat.jovial.contract.mss.ReadTarget;
import chat.jovial.contract.mss.RecordActivity;
import chat.jovial.contract.mss.RemoveBodies;
import chat.jovial.contract.mss.RemoveRange;
import chat.jovial.contract.mss.Target;
import chat.jovial.contract.mss.WriteGroup;
import chat.jovial.contract.mss.WriteReceipts;
import chat.jovial.mds.log.SimulatedReplica.Row;
import chat.jovial.mds.log.SimulatedReplica.StoredSend;
import chat.jovial.mds.store.LogReads;
import chat.jovial.mds.store.LogWrites;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Three replicas at quorum, on which everything that may go wrong does: a write reaches each
 * replica at a time of its own, perhaps long after it was reported failed; answers get lost; reads
 * see two replicas, one table after the other, and repair what they saw. Time is the order of the
 * scheduled steps.
 */
final class SimulatedStore implements LogReads, LogWrites {
  private static final int QUORUM = 2;

  /** Entries looked at in one step of a removal: few, so that owners are lost in between. */
  private static final int REMOVAL_STEP = 2;

  /** How the rules may be broken on purpose, to see that the checks notice. */
  enum Fault {
    NONE,
    NO_FENCES,
    LOSES_ACKNOWLEDGED,
    DELETES_WITHOUT_TOMBSTONES,
    TOMBSTONES_ARE_NOT_AWAITED,
    TOMBSTONES_ARE_TOO_OLD,
    MODIFIERS_ARE_NOT_AWAITED,
    RECEIPTS_ARE_NOT_AWAITED,
    RANGES_ARE_IN_BODIES_ALONE,
    HIDING_IS_NOT_AWAITED,
    LEFT_TEXTS_ARE_FORGOTTEN
  }

  final List<SimulatedReplica> replicas =
      List.of(new SimulatedReplica(), new SimulatedReplica(), new SimulatedReplica());
  private final SimulatedTime time;
  private final Random random;
  private final Fault fault;

  SimulatedStore(SimulatedTime time, Random random, Fault fault) {
    this.time = time;
    this.random = random;
    this.fault = fault;
  }

  @Override
  public Future<Void> writeGroup(WriteGroup group) {
    WriteGroup done = fault == Fault.NO_FENCES ? withoutFence(group) : group;
    boolean rangesInRows = fault != Fault.RANGES_ARE_IN_BODIES_ALONE;
    return replicate(
        replica -> replica.apply(done, rangesInRows), fault == Fault.LOSES_ACKNOWLEDGED);
  }

  @Override
  public Future<Void> indexModifiers(IndexModifiers modifiers) {
    return awaitedUnless(
        Fault.MODIFIERS_ARE_NOT_AWAITED,
        replicate(replica -> replica.modifiers.addAll(modifiers.hints()), false));
  }

  @Override
  public Future<Void> removeBodies(RemoveBodies removal) {
    // Old enough to be of the owner before the last one.
    long timestamp =
        fault == Fault.TOMBSTONES_ARE_TOO_OLD
            ? removal.timestamp() - (2 << 20)
            : removal.timestamp();
    return awaitedUnless(
        Fault.TOMBSTONES_ARE_NOT_AWAITED,
        replicate(
            replica -> {
              for (long seq : removal.seqs()) {
                if (fault == Fault.DELETES_WITHOUT_TOMBSTONES) {
                  replica.putBody(seq, new SimulatedReplica.Cell<>(null, timestamp));
                } else {
                  replica.putTombstone(seq, removal.reason(), timestamp);
                }
              }
            },
            false));
  }

  @Override
  public Future<RangeRemoved> removeRange(RemoveRange request) {
    return answered(
            () -> {
              List<SimulatedReplica> pair = two();
              return readEntries(pair).stream()
                  .filter(row -> row.entry().seq() >= request.from())
                  .filter(row -> row.entry().seq() <= request.upto())
                  .limit(REMOVAL_STEP)
                  .map(row -> withBody(pair, row.entry()))
                  .toList();
            })
        .compose(
            entries -> {
              List<Long> seqs = new ArrayList<>();
              long lastRemoved = 0;
              long next = request.upto() + 1;
              for (Entry entry : entries) {
                next = entry.seq() + 1;
                if (entry.isOf(Kind.MESSAGE) || entry.isOf(Kind.EDIT)) {
                  seqs.add(entry.seq());
                  lastRemoved = entry.seq();
                }
              }
              RangeRemoved step = new RangeRemoved(next, seqs.size(), lastRemoved);
              return removeBodies(
                      new RemoveBodies(
                          request.conversationId(), seqs, request.reason(), request.timestamp()))
                  .map(step);
            });
  }

  @Override
  public Future<Void> hideRange(HideRange request) {
    Boolean value = request.ends() ? null : Boolean.TRUE;
    return awaitedUnless(
        Fault.HIDING_IS_NOT_AWAITED,
        replicate(
            replica ->
                replica.putHidden(
                    request.range(), new SimulatedReplica.Cell<>(value, request.epoch())),
            false));
  }

  @Override
  public Future<RangeCount> countRange(CountRange request) {
    return answered(
        () -> {
          List<SimulatedReplica> pair = two();
          List<Entry> all =
              readEntries(pair).stream()
                  .map(row -> withBody(pair, row.entry()))
                  .filter(entry -> entry.seq() >= request.from())
                  .filter(entry -> entry.seq() <= request.upto())
                  .filter(entry -> entry.isOf(Kind.MESSAGE) || entry.isOf(Kind.EDIT))
                  .toList();
          long messages =
              all.stream().filter(e -> e.isOf(Kind.MESSAGE) && e.body() != null).count();
          return new RangeCount(messages, !all.isEmpty());
        });
  }

  @Override
  public Future<Void> writeReceipts(WriteReceipts request) {
    return awaitedUnless(
        Fault.RECEIPTS_ARE_NOT_AWAITED,
        replicate(replica -> request.receipts().forEach(replica::putReceipt), false));
  }

  private Future<Void> awaitedUnless(Fault broken, Future<Void> write) {
    return fault == broken ? Future.succeededFuture() : write;
  }

  private Future<Void> replicate(Consumer<SimulatedReplica> write, boolean mostlyLost) {
    Promise<Void> promise = Promise.promise();
    int[] applied = {0};
    for (SimulatedReplica replica : replicas) {
      if (mostlyLost && random.nextInt(3) > 0) {
        time.later(1, () -> countUp(applied, promise));
        continue;
      }
      // Now and then a replica is away for so long that the write never gets there, or comes late.
      if (random.nextInt(8) == 0) {
        continue;
      }
      int delay = random.nextInt(6) == 0 ? 200 + random.nextInt(600) : random.nextInt(20);
      time.later(
          delay,
          () -> {
            write.accept(replica);
            countUp(applied, promise);
          });
    }
    if (random.nextInt(6) == 0) {
      time.later(random.nextInt(15), () -> promise.tryFail("no answer"));
    }
    time.later(60, () -> promise.tryFail("timeout"));
    return promise.future();
  }

  private static void countUp(int[] applied, Promise<Void> promise) {
    if (++applied[0] == QUORUM) {
      promise.tryComplete();
    }
  }

  private static WriteGroup withoutFence(WriteGroup g) {
    return new WriteGroup(
        g.conversationId(),
        g.bucket(),
        g.epoch(),
        g.committedSeqWhenWritten(),
        g.storedAt(),
        g.opensBucket(),
        null,
        g.entries());
  }

  @Override
  public Future<LogTail> readTail(ReadTail request) {
    return answered(
        () -> {
          long bucket = -1;
          for (SimulatedReplica replica : two()) {
            bucket = Math.max(bucket, replica.newestBucket);
          }
          List<HiddenRange> hidden =
              fault == Fault.LEFT_TEXTS_ARE_FORGOTTEN
                  ? List.of()
                  : SimulatedReplica.merged(two()).hiddenRanges();
          List<Row> rows = readEntries(two());
          if (rows.isEmpty()) {
            return new LogTail(
                bucket, 0, 0, List.of(), Instant.EPOCH, List.of(), request.sendsSince(), hidden);
          }
          Row newest = rows.get(rows.size() - 1);
          // Bodies come from another read, perhaps of other replicas.
          List<SimulatedReplica> pair = two();
          List<Entry> beyond = new ArrayList<>();
          for (Row row : rows) {
            if (row.entry().seq() > newest.base()) {
              beyond.add(withBody(pair, row.entry()));
            }
          }
          // Nothing remembered: every send is looked up in the store, the harder way.
          return new LogTail(
              bucket,
              newest.epoch(),
              newest.base(),
              beyond,
              newest.entry().storedAt(),
              List.of(),
              Instant.parse("9999-01-01T00:00:00Z"),
              hidden);
        });
  }

  @Override
  public Future<Optional<Entry>> findSend(FindSend request) {
    return answered(
        () -> {
          String key = SimulatedReplica.key(request.senderId(), request.clientId());
          List<SimulatedReplica> pair = two();
          StoredSend newest = null;
          for (SimulatedReplica replica : pair) {
            StoredSend send = replica.sends.get(key);
            if (send != null && (newest == null || send.epoch() > newest.epoch())) {
              newest = send;
            }
          }
          if (newest == null) {
            return Optional.empty();
          }
          long seq = newest.seq();
          List<SimulatedReplica> other = two();
          return readEntries(other).stream()
              .map(Row::entry)
              .filter(entry -> entry.seq() == seq)
              .filter(entry -> entry.clientId().equals(request.clientId()))
              .filter(entry -> entry.senderId().equals(request.senderId()))
              .map(entry -> withBody(other, entry))
              .findFirst();
        });
  }

  @Override
  public Future<Target> readTarget(ReadTarget request) {
    return answered(
        () -> {
          Set<Hint> modifiers = new HashSet<>();
          two().forEach(replica -> modifiers.addAll(replica.modifiers));
          List<SimulatedReplica> pair = two();
          Entry target = null;
          List<Long> edits = new ArrayList<>();
          for (Row row : readEntries(pair)) {
            Entry entry = row.entry();
            if (entry.seq() == request.target()) {
              target = withBody(pair, entry);
            } else if (entry.isOf(Kind.EDIT)
                && entry.target() != null
                && entry.target() == request.target()
                && modifiers.contains(new Hint(request.target(), Kind.EDIT, entry.seq()))) {
              edits.add(entry.seq());
            }
          }
          return new Target(target, edits, request.reactionsOf() == null ? null : 0);
        });
  }

  @Override
  public Future<Long> findTime(FindTime request) {
    return answered(
        () ->
            readEntries(two()).stream()
                .map(Row::entry)
                .filter(entry -> !entry.storedAt().isBefore(request.time()))
                .map(Entry::seq)
                .findFirst()
                .orElse(request.end() + 1));
  }

  @Override
  public Future<List<Receipt>> readReceipts(String conversationId) {
    return answered(
        () -> {
          SimulatedReplica merged = new SimulatedReplica();
          two().forEach(replica -> replica.receipts.values().forEach(merged::putReceipt));
          return List.copyOf(merged.receipts.values());
        });
  }

  @Override
  public Future<Void> recordActivity(RecordActivity activity) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> checkKeys(CheckKeys request) {
    return answered(() -> null);
  }

  @Override
  public Future<Boolean> userExists(String appId, String userId) {
    return Future.succeededFuture(true);
  }

  /** What a quorum of these two shows; both have it afterwards, as blocking read repair sees to. */
  static List<Row> readEntries(List<SimulatedReplica> pair) {
    SimulatedReplica a = pair.get(0);
    SimulatedReplica b = pair.get(1);
    a.copyFencesFrom(b);
    b.copyFencesFrom(a);
    List.copyOf(a.entries.values()).forEach(b::putEntry);
    List.copyOf(b.entries.values()).forEach(a::putEntry);
    return List.copyOf(a.entries.values());
  }

  /** The text of a body at a quorum of these two, and the tombstone in its place. */
  static Entry withBody(List<SimulatedReplica> pair, Entry entry) {
    SimulatedReplica a = pair.get(0);
    SimulatedReplica b = pair.get(1);
    long seq = entry.seq();
    b.putBody(seq, a.bodies.get(seq));
    a.putBody(seq, b.bodies.get(seq));
    b.mergeTombstone(seq, a.tombstones.get(seq));
    a.mergeTombstone(seq, b.tombstones.get(seq));
    a.hidden.forEach(b::putHidden);
    b.hidden.forEach(a::putHidden);
    return shown(a, entry);
  }

  /** As readers show it who have read that. */
  static Entry shown(SimulatedReplica replica, Entry entry) {
    long seq = entry.seq();
    Body text = replica.textOf(seq);
    boolean removable = entry.isOf(Kind.MESSAGE) || entry.isOf(Kind.EDIT);
    boolean hidden =
        removable
            && text != null
            && replica.hiddenRanges().stream().anyMatch(r -> r.from() <= seq && seq <= r.upto());
    String tombstone = hidden ? Removal.DELETED : replica.tombstoneOf(seq);
    if (tombstone != null) {
      return entry.withoutBody(tombstone);
    }
    // The row of a redaction of a range says how far it goes by itself.
    return text == null ? entry : entry.withBody(text);
  }

  private List<SimulatedReplica> two() {
    List<SimulatedReplica> pair = new ArrayList<>(replicas);
    pair.remove(random.nextInt(pair.size()));
    return pair;
  }

  private <T> Future<T> answered(Supplier<T> read) {
    Promise<T> promise = Promise.promise();
    boolean fails = random.nextInt(12) == 0;
    time.later(
        1 + random.nextInt(10),
        () -> {
          if (fails) {
            promise.tryFail("no answer");
          } else {
            promise.tryComplete(read.get());
          }
        });
    return promise.future();
  }
}
