package chat.jovial.mds;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mss.FindSend;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.contract.mss.ReadTail;
import chat.jovial.contract.mss.Touch;
import chat.jovial.contract.mss.WriteGroup;
import chat.jovial.mds.SimulatedReplica.Row;
import chat.jovial.mds.SimulatedReplica.StoredBody;
import chat.jovial.mds.SimulatedReplica.StoredSend;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Three replicas at quorum, on which everything that may go wrong does: a write reaches each
 * replica at a time of its own, perhaps long after it was reported failed; answers get lost; reads
 * see two replicas, one table after the other, and repair what they saw. Time is the order of the
 * scheduled steps.
 */
final class SimulatedStore implements LogStore {
  private static final int QUORUM = 2;

  /** How the store may be broken on purpose, to see that the checks notice. */
  enum Fault {
    NONE,
    NO_FENCES,
    LOSES_ACKNOWLEDGED
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
  public Future<Void> write(WriteGroup group) {
    WriteGroup done = fault == Fault.NO_FENCES ? withoutFence(group) : group;
    Promise<Void> promise = Promise.promise();
    int[] applied = {0};
    for (SimulatedReplica replica : replicas) {
      if (fault == Fault.LOSES_ACKNOWLEDGED && random.nextInt(3) > 0) {
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
            replica.apply(done);
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
        g.base(),
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
          List<Row> rows = readEntries(two());
          if (rows.isEmpty()) {
            return new LogTail(
                bucket, 0, 0, List.of(), Instant.EPOCH, List.of(), request.sendsSince());
          }
          Row newest = rows.get(rows.size() - 1);
          // Bodies come from another read, perhaps of other replicas.
          List<SimulatedReplica> pair = two();
          List<Entry> beyond = new ArrayList<>();
          for (Row row : rows) {
            if (row.entry().seq() > newest.base()) {
              beyond.add(withBody(row.entry(), readBody(pair, row.entry().seq())));
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
              Instant.MAX);
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
              .map(entry -> withBody(entry, readBody(other, seq)))
              .findFirst();
        });
  }

  @Override
  public Future<Void> touch(Touch touch) {
    return Future.succeededFuture();
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

  private static @Nullable StoredBody readBody(List<SimulatedReplica> pair, long seq) {
    SimulatedReplica a = pair.get(0);
    SimulatedReplica b = pair.get(1);
    b.putBody(seq, a.bodies.get(seq));
    a.putBody(seq, b.bodies.get(seq));
    return a.bodies.get(seq);
  }

  private static Entry withBody(Entry e, @Nullable StoredBody body) {
    return e.withBody(body == null ? null : body.body());
  }

  private List<SimulatedReplica> two() {
    List<SimulatedReplica> pair = new ArrayList<>(replicas);
    pair.remove(random.nextInt(pair.size()));
    return pair;
  }

  private <T> Future<T> answered(java.util.function.Supplier<T> read) {
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
