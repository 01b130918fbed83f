package chat.jovial.mds.store;

import io.vertx.core.Future;
import java.time.Duration;

/** Timer of a log's event loop. */
@FunctionalInterface
public interface Timer {
  /** Completes after that time, on the event loop of the log. */
  Future<?> after(Duration pause);
}
