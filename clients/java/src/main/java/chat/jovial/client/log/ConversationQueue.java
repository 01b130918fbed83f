package chat.jovial.client.log;

import chat.jovial.client.executor.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Queue of one conversation's requests, of which one at a time is in flight. Confined to the
 * executor.
 */
final class ConversationQueue {
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  final List<QueuedRequest> requests = new ArrayList<>();
  boolean inFlight;

  /** The pause before the next attempt, if there is one. */
  @Nullable Timer timer;

  private Duration wait = FIRST_WAIT;

  /** The request to be sent next; null if none can be sent. */
  @Nullable QueuedRequest next() {
    for (QueuedRequest request : requests) {
      if (request.item.error() == null && !QueuedFiles.isPaused(request.item)) {
        return request;
      }
    }
    return null;
  }

  Duration currentWait() {
    return wait;
  }

  void resetWait() {
    wait = FIRST_WAIT;
  }

  void doubleWait() {
    Duration doubled = wait.multipliedBy(2);
    wait = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
  }

  void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
