package chat.jovial.client.log;

import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.executor.Timer;
import chat.jovial.client.store.Store;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Timer that removes the bodies of expiring messages from the device when they are due, by the
 * server's clock, with or without a connection. Confined to the executor.
 */
final class Expiry {
  private final SerialExecutor executor;
  private final Store store;
  private final EntryLog log;
  private final ServerClock clock;
  private @Nullable Timer timer;
  private @Nullable Instant due;

  Expiry(SerialExecutor executor, Store store, EntryLog log, ServerClock clock) {
    this.executor = executor;
    this.store = store;
    this.log = log;
    this.clock = clock;
  }

  /** An entry that expires is on the device. */
  void handleExpiring(Instant expiresAt) {
    if (due == null || expiresAt.isBefore(due)) {
      wait(expiresAt);
    }
  }

  /** At the start, and whenever the clock was set. */
  void check() {
    boolean more = log.eraseExpired(clock.now());
    Instant next = more ? clock.now() : store.nextExpiry();
    if (next == null) {
      cancel();
    } else {
      wait(next);
    }
  }

  private void wait(Instant until) {
    cancel();
    due = until;
    Duration left = Duration.between(clock.now(), until);
    timer =
        executor.after(
            left.isNegative() ? Duration.ZERO : left,
            () -> {
              due = null;
              check();
            });
  }

  private void cancel() {
    due = null;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
