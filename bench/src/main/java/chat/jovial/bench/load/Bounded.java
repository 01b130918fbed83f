package chat.jovial.bench.load;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Does something many times, only so many at once. */
public final class Bounded {
  private final int count;
  private final IntFunction<CompletableFuture<?>> action;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger left;

  private Bounded(int count, IntFunction<CompletableFuture<?>> action) {
    this.count = count;
    this.action = action;
    this.left = new AtomicInteger(count);
  }

  /** Completes when all are done, or fails with the first failure and starts no more. */
  public static CompletableFuture<Void> forEach(
      int count, int atOnce, IntFunction<CompletableFuture<?>> action) {
    Bounded bounded = new Bounded(count, action);
    if (count == 0) {
      bounded.done.complete(null);
    }
    for (int i = 0; i < Math.min(atOnce, count); i++) {
      bounded.startNext();
    }
    return bounded.done;
  }

  private void startNext() {
    int index = next.getAndIncrement();
    if (index >= count || done.isDone()) {
      return;
    }
    var unused =
        action
            .apply(index)
            .whenComplete(
                (result, failure) -> {
                  if (failure != null) {
                    done.completeExceptionally(failure);
                  } else if (left.decrementAndGet() == 0) {
                    done.complete(null);
                  } else {
                    startNext();
                  }
                });
  }
}
