package chat.jovial.fss.preview;

import chat.jovial.contract.JovialException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fair queue of previews that are being made. Each takes much memory and up to some seconds, so few
 * run at once; users take turns, and of one user few wait: further ones are refused with {@code
 * try_again} at once, so that nobody's images keep the previews of others from being made. Any
 * thread.
 */
final class PreviewQueue {
  /** Of one user: what a page of a conversation shows. */
  static final int MAX_WAITING_OF_USER = 12;

  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final String REFUSED = "jovial.limit.refused";

  private final int maxRunning;
  private final int maxWaiting;
  private final Counter refused;

  /** By user, in the order of their turns. Guarded by this, as the two below. */
  private final Map<String, Queue<Runnable>> waiting = new LinkedHashMap<>();

  private final Map<String, Integer> runningOfUser = new HashMap<>();
  private int waitingCount;

  /**
   * @param maxWaiting of all users, a few hundred bytes each
   */
  PreviewQueue(int maxRunning, int maxWaiting, MeterRegistry metrics) {
    this.maxRunning = maxRunning;
    this.maxWaiting = maxWaiting;
    this.refused = metrics.counter(REFUSED, "limit", "previews");
  }

  /** Starts the work at once, or when it is this user's turn. */
  <T> Future<T> run(String user, Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    Runnable start =
        () ->
            started(work)
                .onComplete(
                    result -> {
                      finished(user);
                      done.handle(result);
                    });
    synchronized (this) {
      if (!mayRun(user)) {
        Queue<Runnable> own = waiting.computeIfAbsent(user, key -> new ArrayDeque<>());
        if (own.size() >= MAX_WAITING_OF_USER || waitingCount >= maxWaiting) {
          if (own.isEmpty()) {
            waiting.remove(user);
          }
          refused.increment();
          return Future.failedFuture(
              JovialException.tryAgain("too many previews are being made", RETRY));
        }
        own.add(start);
        waitingCount++;
        return done.future();
      }
      runningOfUser.merge(user, 1, Integer::sum);
    }
    start.run();
    return done.future();
  }

  private static <T> Future<T> started(Supplier<Future<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** Under the lock. One user leaves a place to the others, where there are several. */
  private boolean mayRun(String user) {
    int running = runningOfUser.values().stream().mapToInt(Integer::intValue).sum();
    int mostOfUser = Math.max(1, maxRunning - 1);
    return running < maxRunning && runningOfUser.getOrDefault(user, 0) < mostOfUser;
  }

  private void finished(String user) {
    Runnable next;
    synchronized (this) {
      runningOfUser.merge(user, -1, (running, less) -> running + less == 0 ? null : running + less);
      next = nextInTurn();
    }
    if (next != null) {
      next.run();
    }
  }

  /** Under the lock. */
  private @Nullable Runnable nextInTurn() {
    Iterator<Map.Entry<String, Queue<Runnable>>> turns = waiting.entrySet().iterator();
    while (turns.hasNext()) {
      Map.Entry<String, Queue<Runnable>> turn = turns.next();
      String user = turn.getKey();
      if (mayRun(user)) {
        Queue<Runnable> own = turn.getValue();
        Runnable next = own.remove();
        waitingCount--;
        turns.remove();
        if (!own.isEmpty()) {
          waiting.put(user, own);
        }
        runningOfUser.merge(user, 1, Integer::sum);
        return next;
      }
    }
    return null;
  }
}
