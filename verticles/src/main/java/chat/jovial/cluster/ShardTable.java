package chat.jovial.cluster;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.bus.ShardOwners;
import chat.jovial.contract.mds.ShardsMoved;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cache of the table of who owns which shard. Refreshed each renewal period, when a node announces
 * that shards have moved, and when a request went to the wrong node. Any thread may ask; its own
 * event loop refreshes it.
 */
public final class ShardTable extends VerticleBase implements ShardOwners {
  private static final Logger LOG = LoggerFactory.getLogger(ShardTable.class);

  /** From one read to the next, however many ask: ten small reads a second. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Reads that may come without a pause when there were none for a while: shards are moving. */
  private static final int BURST = 3;

  /** Others that receive the same broadcast may ask until then: one read for all. */
  private static final Duration JOINED_WITHIN = Duration.ofMillis(5);

  private static final String STOPPING = "the node stops";

  private final LeaseStore store;
  private final Duration period;
  private final String here;
  private final Ownership ownership;
  private final MajorityWatch majority;

  /** Callers that wait for the next read, at most one for each route of the node's bus clients. */
  private final List<Promise<Ring>> asking = new ArrayList<>();

  /** When the next read is due if there is a pause before each; in the past, there is none. */
  private long nextReadNanos;

  private boolean reading;

  /** Shards have moved since the last read. */
  private boolean moved;

  private boolean stopped;
  private volatile @Nullable String @Nullable [] nodes;
  private volatile boolean cutOff;

  /**
   * @param here this node's id, another one at each start of a process
   * @param isMember whether this node and that one are connected by the bus
   * @param ownership what the process owns itself, which is known better here than in the store
   */
  public ShardTable(
      ClusterConfig config,
      CassandraStore cassandra,
      String here,
      Predicate<String> isMember,
      Ownership ownership) {
    this.store = new LeaseStore(cassandra, config.lease());
    this.period = config.renewalPeriod();
    this.here = here;
    this.ownership = ownership;
    this.majority = new MajorityWatch(config, here, isMember, System::nanoTime);
  }

  @Override
  public Future<?> start() {
    nextReadNanos = System.nanoTime();
    vertx.setPeriodic(period.toMillis(), tick -> readSoon());
    return vertx
        .eventBus()
        .<ShardsMoved>consumer(
            Catalogue.SHARDS_MOVED.address(), message -> handleMoved(message.body()))
        .completion();
  }

  /** A broadcast of this node says nothing new to it. */
  private void handleMoved(ShardsMoved news) {
    if (!news.node().equals(here)) {
      moved = true;
      vertx.setTimer(
          JOINED_WITHIN.toMillis(),
          waited -> {
            if (moved) {
              readSoon();
            }
          });
    }
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    answer(Future.failedFuture(STOPPING));
    return Future.succeededFuture();
  }

  @Override
  public String here() {
    return here;
  }

  @Override
  public @Nullable String nodeOf(int shard) {
    if (ownership.claim(shard) != Ownership.NOT_OWNED) {
      return here;
    }
    @Nullable String[] known = nodes;
    return known == null ? null : known[shard];
  }

  @Override
  public Future<Void> refresh() {
    // Without news there is a pause too: who has been refused would else ask without end.
    return read().<Void>mapEmpty().recover(failure -> pause());
  }

  private Future<Void> pause() {
    try {
      return vertx.timer(PAUSE.toMillis()).mapEmpty();
    } catch (RejectedExecutionException e) {
      return Future.failedFuture(STOPPING);
    }
  }

  /**
   * Whether this node has for a while reached fewer than half of those that own conversations: then
   * it is of no use to clients, and must own nothing. Any thread.
   */
  public boolean isCutOff() {
    return cutOff;
  }

  /** The table as it is now; the future completes on the event loop of this verticle. */
  Future<Ring> read() {
    Promise<Ring> promise = Promise.promise();
    try {
      context.runOnContext(now -> readFor(promise));
    } catch (RejectedExecutionException e) {
      // The event loop has ended before its callers.
      promise.tryFail(STOPPING);
    }
    return promise.future();
  }

  private void readFor(Promise<Ring> promise) {
    if (stopped) {
      promise.fail(STOPPING);
    } else {
      asking.add(promise);
      readSoon();
    }
  }

  private void readSoon() {
    if (reading || stopped) {
      return;
    }
    reading = true;
    long wait = nextReadNanos - System.nanoTime();
    if (wait <= 0) {
      readNow();
    } else {
      vertx.setTimer(1 + TimeUnit.NANOSECONDS.toMillis(wait), waited -> readNow());
    }
  }

  private void readNow() {
    long begin = System.nanoTime();
    long behind = Math.min(begin - nextReadNanos, (BURST - 1) * PAUSE.toNanos());
    nextReadNanos = begin - behind + PAUSE.toNanos();
    List<Promise<Ring>> answered = List.copyOf(asking);
    asking.clear();
    moved = false;
    store
        .ring()
        .onSuccess(
            ring -> {
              nodes = ring.nodes();
              majority.handleRing(ring);
            })
        .onFailure(failure -> LOG.debug("Who owns what could not be read", failure))
        .onComplete(looked -> judge())
        .onComplete(
            ring -> {
              reading = false;
              if (!asking.isEmpty()) {
                readSoon();
              }
              answered.forEach(promise -> promise.handle(ring));
            });
  }

  private void judge() {
    boolean before = cutOff;
    cutOff = majority.isCutOff();
    if (cutOff && !before) {
      LOG.warn(
          "This node reaches fewer than half of those that own conversations. It gives up its own"
              + " and sends clients elsewhere until that is over. Is the network between the nodes"
              + " broken, or cluster.members wrong?");
    } else if (before && !cutOff) {
      LOG.info("This node reaches the others again and takes part");
    }
  }

  private void answer(Future<Ring> outcome) {
    List<Promise<Ring>> answered = List.copyOf(asking);
    asking.clear();
    answered.forEach(promise -> promise.handle(outcome));
  }
}
