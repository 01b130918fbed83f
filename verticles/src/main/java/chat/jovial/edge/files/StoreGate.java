package chat.jovial.edge.files;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Lets a node ask the store for a few chunks at once; the others wait their turn. More at once
 * would not be faster, and messages would wait behind them. What waits is bounded by who asks: each
 * upload and download has few chunks under way. Any thread; each goes on on its own context.
 */
final class StoreGate {
  private final Vertx vertx;
  private final int max;
  private final Queue<Waiting<?>> waiting = new ArrayDeque<>();
  private int running;

  private record Waiting<T>(Context context, Supplier<Future<T>> work, Promise<T> done) {
    void start() {
      work.get().onComplete(done);
    }
  }

  StoreGate(Vertx vertx, int max) {
    this.vertx = vertx;
    this.max = max;
  }

  /** Runs the work when it is its turn. */
  <T> Future<T> run(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    Waiting<T> mine = new Waiting<>(vertx.getOrCreateContext(), work, done);
    Future<T> ended = done.future().onComplete(result -> next());
    synchronized (this) {
      if (running == max) {
        waiting.add(mine);
        return ended;
      }
      running++;
    }
    mine.start();
    return ended;
  }

  private void next() {
    Waiting<?> next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        running--;
        return;
      }
    }
    Waiting<?> turn = next;
    turn.context().runOnContext(now -> turn.start());
  }
}
