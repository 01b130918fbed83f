package chat.jovial.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wait, when a node stops, until other nodes have claimed the shards that it has released. Confined
 * to the event loop of {@link OwnershipVerticle}.
 */
final class Succession {
  private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

  /** Clients wait meanwhile; they find an owner later too. */
  private static final Duration LIMIT = Duration.ofMillis(500);

  private final ShardTable table;
  private BitSet freed = new BitSet();
  private Promise<Void> taken = Promise.promise();

  Succession(ShardTable table) {
    this.table = table;
  }

  /** Succeeds when all of them are taken, when there is nobody to take them, or after a while. */
  Future<Void> await(BitSet shards) {
    if (shards.isEmpty()) {
      return Future.succeededFuture();
    }
    freed = shards;
    taken = Promise.promise();
    long begin = System.nanoTime();
    check();
    return taken
        .future()
        .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .transform(
            done -> {
              long millis = (System.nanoTime() - begin) / 1_000_000;
              LOG.info("Waited {} ms for the next owners", millis);
              return Future.succeededFuture();
            });
  }

  /** Somebody says that shards have moved. */
  void handleMoved() {
    if (!freed.isEmpty()) {
      check();
    }
  }

  private void check() {
    table
        .read()
        .onFailure(failure -> taken.tryComplete())
        .onSuccess(
            ring -> {
              @Nullable String[] nodes = ring.nodes();
              boolean nobodyElse = ring.living().isEmpty();
              if (nobodyElse || freed.stream().allMatch(shard -> nodes[shard] != null)) {
                taken.tryComplete();
              }
            });
  }
}
