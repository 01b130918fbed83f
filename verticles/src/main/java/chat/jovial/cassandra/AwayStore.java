package chat.jovial.cassandra;

import chat.jovial.bus.OperationHandler;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import com.datastax.oss.driver.api.core.DriverException;
import io.vertx.core.Future;
import java.time.Duration;

/** A store that is away is not a fault of the server's: it comes back. */
public final class AwayStore {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private AwayStore() {}

  /**
   * The same handler, which answers {@code try_again} when Cassandra does not answer.
   *
   * @param store as the caller is told of it
   */
  public static <Q extends Request, R extends Reply> OperationHandler<Q, R> orTryAgain(
      String store, OperationHandler<Q, R> handler) {
    return (caller, request) ->
        handler
            .handle(caller, request)
            .recover(
                failure ->
                    Future.failedFuture(
                        failure instanceof DriverException
                            ? JovialException.tryAgain(store + " does not answer", RETRY)
                            : failure));
  }
}
