package chat.jovial.cassandra;

import chat.jovial.bus.FailureMapper;
import chat.jovial.contract.JovialException;
import com.datastax.oss.driver.api.core.DriverException;
import java.time.Duration;

/** Failure of a store that does not answer: no fault of the server's, for the store comes back. */
public final class StoreUnavailable {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private StoreUnavailable() {}

  /**
   * Maps what Cassandra's driver fails with to {@code try_again}.
   *
   * @param store as the caller knows it
   */
  public static FailureMapper mapper(String store) {
    return failure ->
        failure instanceof DriverException
            ? JovialException.tryAgain(store + " does not answer", RETRY)
            : failure;
  }
}
