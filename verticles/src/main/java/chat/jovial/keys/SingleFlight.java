package chat.jovial.keys;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * What is under way for each key, so that whoever wants the same waits for it rather than doing it
 * again. No larger than the requests that a node answers at the moment. Any thread; each is
 * answered on its own context.
 */
final class SingleFlight<K, V> {
  private final Vertx vertx;
  private final ConcurrentMap<K, CompletableFuture<V>> underWay = new ConcurrentHashMap<>();

  SingleFlight(Vertx vertx) {
    this.vertx = vertx;
  }

  Future<V> join(K key, Supplier<Future<V>> start) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> first = underWay.putIfAbsent(key, mine);
    if (first == null) {
      start
          .get()
          .onComplete(
              done -> {
                underWay.remove(key, mine);
                if (done.succeeded()) {
                  mine.complete(done.result());
                } else {
                  mine.completeExceptionally(done.cause());
                }
              });
    }
    return Future.fromCompletionStage(first == null ? mine : first, vertx.getOrCreateContext());
  }
}
