package chat.jovial.client;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads on which clients do their work. A client makes one of its own unless it is given some to
 * share: a program with hundreds of clients gives all of them the same few. Beside these each
 * connection has one thread that reads, and files have up to four. All are daemons.
 */
public final class ClientThreads implements AutoCloseable {
  /** Files that move at a time; the others wait. */
  private static final int TRANSFERS = 4;

  /** Files that wait; each is a small object. What does not fit is tried again later. */
  private static final int MAX_WAITING_TRANSFERS = 1_000;

  private static final long TRANSFER_IDLE_SECONDS = 10;

  private final ScheduledExecutorService pool;
  private final ThreadPoolExecutor transfers;

  private ClientThreads(ScheduledExecutorService pool) {
    this.pool = pool;
    this.transfers =
        new ThreadPoolExecutor(
            TRANSFERS,
            TRANSFERS,
            TRANSFER_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING_TRANSFERS),
            task -> daemon(task, "jovial-client-file"));
    transfers.allowCoreThreadTimeOut(true);
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

  /** For files, whose bytes would hold up everything else. */
  ExecutorService transfers() {
    return transfers;
  }

  /** What is running or about to run is finished, but for files; timers are dropped. */
  @Override
  public void close() {
    pool.shutdown();
    transfers.shutdownNow();
  }
}
