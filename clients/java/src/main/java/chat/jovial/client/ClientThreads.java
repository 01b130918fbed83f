package chat.jovial.client;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads on which clients do their work. A client makes one of its own unless it is given some to
 * share: a program with hundreds of clients gives all of them the same few. Beside these each
 * connection has one thread that reads. All are daemons.
 */
public final class ClientThreads implements AutoCloseable {
  private final ScheduledExecutorService pool;

  private ClientThreads(ScheduledExecutorService pool) {
    this.pool = pool;
  }

  /** So many threads for any number of clients; close it after the last of them. */
  public static ClientThreads shared(int count) {
    AtomicInteger number = new AtomicInteger();
    ScheduledThreadPoolExecutor pool =
        new ScheduledThreadPoolExecutor(
            count, task -> daemon(task, "jovial-client-" + number.incrementAndGet()));
    return new ClientThreads(limited(pool));
  }

  static ClientThreads own() {
    ScheduledThreadPoolExecutor pool =
        new ScheduledThreadPoolExecutor(1, task -> daemon(task, "jovial-client"));
    return new ClientThreads(limited(pool));
  }

  private static ScheduledExecutorService limited(ScheduledThreadPoolExecutor pool) {
    pool.setRemoveOnCancelPolicy(true);
    pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return pool;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  ScheduledExecutorService pool() {
    return pool;
  }

  /** What is running or about to run is finished; timers are dropped. */
  @Override
  public void close() {
    pool.shutdown();
  }
}
