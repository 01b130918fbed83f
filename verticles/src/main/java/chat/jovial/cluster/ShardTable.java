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
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's copy of the table of who owns which shard. Read again now and then, when a node says
 * that shards have moved, and when a request went to the wrong place. Asked by any thread, read by
 * its own event loop.
 */
public final class ShardTable extends VerticleBase implements ShardOwners {
  private static final Logger LOG = LoggerFactory.getLogger(ShardTable.class);

  /** From one look to the next, however many ask: ten small reads a second. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Looks that may come without a pause when there were none for a while: shards are moving. */
  private static final int BURST = 3;

  /** Who hears of moved shards too and wants to act on it may ask until then: one look for both. */
  private static final Duration JOINED_WITHIN = Duration.ofMillis(5);

  private final LeaseStore store;
  private final Duration period;
  private final String here;
  private final MajorityWatch majority;

  /** Those who wait for the next look, at most one for each route of the node's bus clients. */
  private final List<Promise<Ring>> asking = new ArrayList<>();

  /** When the next look is due if there is a pause before each; in the past, there is none. */
  private long nextLookNanos;

  private boolean looking;

  /** There is news that no look has seen yet. */
  private boolean moved;

  private boolean stopped;
  private volatile @Nullable String @Nullable [] nodes;
  private volatile IntPredicate owned = shard -> false;
  private volatile boolean cutOff;

  /**
   * @param here this node's id, another one at each start of a process
   * @param isMember whether this node and that one are connected by the bus
   */
  public ShardTable(
      ClusterConfig config, CassandraStore cassandra, String here, Predicate<String> isMember) {
    this.store = new LeaseStore(cassandra, config.lease());
    this.period = config.renewalPeriod();
    this.here = here;
    this.majority = new MajorityWatch(config, here, isMember, System::nanoTime);
  }

  @Override
  public Future<?> start() {
    nextLookNanos = System.nanoTime();
    vertx.setPeriodic(period.toMillis(), tick -> lookSoon());
    return vertx
        .eventBus()
        .<ShardsMoved>consumer(
            Catalogue.SHARDS_MOVED.address(), message -> handleMoved(message.body()))
        .completion();
  }

  /** What this node says itself it knows already. */
  private void handleMoved(ShardsMoved news) {
    if (!news.node().equals(here)) {
      moved = true;
      vertx.setTimer(
          JOINED_WITHIN.toMillis(),
          waited -> {
            if (moved) {
              lookSoon();
            }
          });
    }
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    answer(Future.failedFuture("the node stops"));
    return Future.succeededFuture();
  }

  @Override
  public String here() {
    return here;
  }

  @Override
  public @Nullable String nodeOf(int shard) {
    if (owned.test(shard)) {
      return here;
    }
    @Nullable String[] known = nodes;
    return known == null ? null : known[shard];
  }

  @Override
  public Future<Void> refresh() {
    // Without news there is a pause too: who has been refused would else ask without end.
    return look().<Void>mapEmpty().recover(failure -> vertx.timer(PAUSE.toMillis()).mapEmpty());
  }

  /**
   * Whether this node has for a while reached fewer than half of those that own conversations: then
   * it is of no use to clients, and must own nothing. Any thread.
   */
  public boolean isCutOff() {
    return cutOff;
  }

  /** What the process owns itself is known better here than in the store. */
  void ownedHere(IntPredicate owns) {
    owned = owns;
  }

  /** The table as it is now; the future completes on the event loop of this verticle. */
  Future<Ring> look() {
    Promise<Ring> promise = Promise.promise();
    context.runOnContext(
        now -> {
          if (stopped) {
            promise.fail("the node stops");
          } else {
            asking.add(promise);
            lookSoon();
          }
        });
    return promise.future();
  }

  private void lookSoon() {
    if (looking || stopped) {
      return;
    }
    looking = true;
    long wait = nextLookNanos - System.nanoTime();
    if (wait <= 0) {
      lookNow();
    } else {
      vertx.setTimer(1 + TimeUnit.NANOSECONDS.toMillis(wait), waited -> lookNow());
    }
  }

  private void lookNow() {
    long begin = System.nanoTime();
    long behind = Math.min(begin - nextLookNanos, (BURST - 1) * PAUSE.toNanos());
    nextLookNanos = begin - behind + PAUSE.toNanos();
    List<Promise<Ring>> answered = List.copyOf(asking);
    asking.clear();
    moved = false;
    store
        .ring()
        .onSuccess(
            ring -> {
              nodes = ring.nodes();
              majority.handleLook(ring);
            })
        .onFailure(failure -> LOG.debug("Who owns what could not be read", failure))
        .onComplete(looked -> judge())
        .onComplete(
            ring -> {
              looking = false;
              if (!asking.isEmpty()) {
                lookSoon();
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
