package chat.jovial.server.launch;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Document that is made on a worker thread when it is first requested, and then kept. Any thread;
 * each caller is answered on its own context.
 */
final class Memoized implements Supplier<Future<Buffer>> {
  private final Vertx vertx;
  private final Callable<Buffer> maker;
  private @Nullable CompletableFuture<Buffer> made;

  Memoized(Vertx vertx, Callable<Buffer> maker) {
    this.vertx = vertx;
    this.maker = maker;
  }

  @Override
  public Future<Buffer> get() {
    return Future.fromCompletionStage(made(), vertx.getOrCreateContext());
  }

  private synchronized CompletableFuture<Buffer> made() {
    if (made == null) {
      made = vertx.executeBlocking(maker).toCompletionStage().toCompletableFuture();
    }
    return made;
  }
}
