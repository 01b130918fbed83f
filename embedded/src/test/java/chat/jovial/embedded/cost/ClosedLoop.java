package chat.jovial.embedded.cost;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Closed loop of concurrent writes for a time: each acknowledged write starts the next. */
final class ClosedLoop {
  private final Supplier<CompletionStage<?>> write;
  private final LongAdder done = new LongAdder();

  ClosedLoop(Supplier<CompletionStage<?>> write) {
    this.write = write;
  }

  /** Acknowledged writes a second. Fails if one of them failed. */
  double run(int inFlight, Duration time) {
    done.reset();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    CompletableFuture<?>[] loops = new CompletableFuture<?>[inFlight];
    for (int i = 0; i < inFlight; i++) {
      CompletableFuture<Void> loop = new CompletableFuture<>();
      loops[i] = loop;
      next(loop, end);
    }
    CompletableFuture.allOf(loops).join();
    return done.sum() / ((System.nanoTime() - start) / 1e9);
  }

  private void next(CompletableFuture<Void> loop, long end) {
    var unused =
        write
            .get()
            .whenComplete(
                (result, failure) -> {
                  if (failure != null) {
                    loop.completeExceptionally(failure);
                  } else {
                    done.increment();
                    if (System.nanoTime() < end) {
                      next(loop, end);
                    } else {
                      loop.complete(null);
                    }
                  }
                });
  }
}
