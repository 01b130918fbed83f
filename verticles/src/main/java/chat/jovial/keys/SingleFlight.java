package chat.jovial.keys;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Single-flight: concurrent loads of one key share one request. No larger than the requests that a
 * node answers at the moment. Any thread; each caller is answered on its own context.
 */
final class SingleFlight<K, V> {
  private final Vertx vertx;
  private final ConcurrentMap<K, CompletableFuture<V>> inFlight = new ConcurrentHashMap<>();

  SingleFlight(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Joins the load of that key that is in flight, or starts one.
   *
   * @param load that throws fails for all who joined, as one does that fails later
   */
  Future<V> join(K key, Supplier<Future<V>> load) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> first = inFlight.putIfAbsent(key, mine);
    if (first == null) {
      start(load)
          .onComplete(
              done -> {
                inFlight.remove(key, mine);
                if (done.succeeded()) {
                  mine.complete(done.result());
                } else {
                  mine.completeExceptionally(done.cause());
                }
              });
    }
    return Future.fromCompletionStage(first == null ? mine : first, vertx.getOrCreateContext());
  }

  private static <V> Future<V> start(Supplier<Future<V>> load) {
    try {
      return load.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }
}
