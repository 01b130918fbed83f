package chat.jovial.client.executor;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executor that runs a client's tasks one after another on the threads of a pool, never two at
 * once, so that the client's state needs no locks. Waiting tasks run as one <em>turn</em>: the
 * store commits once at its end, and only then are listeners called ({@link #afterTurn}). That is
 * what makes "stored before it is acknowledged" cost one sync to disk for many messages.
 */
public final class SerialExecutor implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

  /** Tasks of one turn; a client with much to do lets the others of its pool have theirs. */
  private static final int MAX_TURN_TASKS = 256;

  private final ScheduledExecutorService pool;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile @Nullable Runnable afterTurn;
  private volatile boolean ended;
  private volatile @Nullable Thread current;

  public SerialExecutor(ScheduledExecutorService pool) {
    this.pool = pool;
  }

  /** What ends each turn; may not throw. */
  public void afterTurn(Runnable action) {
    afterTurn = action;
  }

  /** Whether the calling thread is running a task of this executor. */
  public boolean isCurrent() {
    return Thread.currentThread() == current;
  }

  /** Dropped if the executor has ended by then. */
  @Override
  public void execute(Runnable task) {
    executeAlways(
        () -> {
          if (!ended) {
            task.run();
          }
        });
  }

  /** Runs also after the end: for a task that completes a future either way. */
  public void executeAlways(Runnable task) {
    tasks.add(task);
    schedule();
  }

  /** On the executor: what was given to {@link #execute}, and timers, do not run any more. */
  public void end() {
    ended = true;
  }

  /** Runs the task later, unless the pool has ended by then. */
  public Timer after(Duration delay, Runnable task) {
    Timer timer = new Timer();
    try {
      timer.scheduled =
          pool.schedule(
              () -> execute(() -> timer.run(task)), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("A timer was set after the pool's end.");
    }
    return timer;
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      try {
        pool.execute(this::runTurn);
      } catch (RejectedExecutionException e) {
        runTurn(); // The pool is closed; nobody else runs turns.
      }
    }
  }

  private void runTurn() {
    current = Thread.currentThread();
    try {
      for (int i = 0; i < MAX_TURN_TASKS; i++) {
        Runnable task = tasks.poll();
        if (task == null) {
          break;
        }
        runSafely(task);
      }
      Runnable end = afterTurn;
      if (end != null && !ended) {
        runSafely(end);
      }
    } finally {
      current = null;
      scheduled.set(false);
      if (!tasks.isEmpty()) {
        schedule();
      }
    }
  }

  private static void runSafely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A task of the client kit failed.", e);
    }
  }
}
