package chat.jovial.edge.files;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Client of the file store for requests that may be repeated: retries while it cannot answer, so
 * that who sends or reads a file does not notice a store that was unavailable for some seconds. Any
 * thread.
 */
public final class RetryingFileClient {
  private static final int MAX_TRIES = 6;

  /** Doubled at each try: six seconds together, beside the time that the tries take. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final Vertx vertx;
  private final FileAccessGateway gateway;

  public RetryingFileClient(Vertx vertx, FileAccessGateway gateway) {
    this.vertx = vertx;
    this.gateway = gateway;
  }

  public <Q extends Request, R extends Reply> Future<R> ask(Operation<Q, R> operation, Q request) {
    return gateway
        .ask(operation, request)
        .recover(failure -> askAgain(operation, request, failure));
  }

  /** For a caller who has asked once himself and got that failure. */
  <Q extends Request, R extends Reply> Future<R> askAgain(
      Operation<Q, R> operation, Q request, Throwable failure) {
    return askAgain(operation, request, 1, failure);
  }

  private <Q extends Request, R extends Reply> Future<R> askAgain(
      Operation<Q, R> operation, Q request, int tried, Throwable failure) {
    if (tried == MAX_TRIES || !JovialException.of(failure).code().retryable()) {
      return Future.failedFuture(failure);
    }
    return vertx
        .timer(FIRST_PAUSE.toMillis() << (tried - 1), TimeUnit.MILLISECONDS)
        .compose(waited -> gateway.ask(operation, request))
        .recover(again -> askAgain(operation, request, tried + 1, again));
  }
}
