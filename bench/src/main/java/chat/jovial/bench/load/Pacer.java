package chat.jovial.bench.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Open-loop pacer: starts things at fixed times, whatever became of the earlier ones, and tells
 * each when it was due: a latency counted from there includes the wait that a slow server imposes
 * on those who come next (no coordinated omission).
 */
public final class Pacer {
  private Pacer() {}

  /** What is started; must not block. */
  public interface Task {
    void start(int index, long dueNanos);
  }

  /** Starts {@code count} tasks on the calling thread, which it keeps until the last is started. */
  public static void run(int perSecond, int count, Task task) throws InterruptedException {
    long beginNanos = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long dueNanos = beginNanos + (long) i * TimeUnit.SECONDS.toNanos(1) / perSecond;
      for (long wait = dueNanos - System.nanoTime();
          wait > 0;
          wait = dueNanos - System.nanoTime()) {
        LockSupport.parkNanos(wait);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      task.start(i, dueNanos);
    }
  }
}
