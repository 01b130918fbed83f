package chat.jovial.embedded;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supervisor of a Cassandra in a child JVM: starts and watches it, restarts it after a crash,
 * drains it at the end. The child exits with this process, even if that is killed.
 *
 * <p>All state changes happen on one supervisor thread; the public methods may be called from any.
 */
public final class EmbeddedCassandra implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCassandra.class);

  /**
   * A free port may be taken by another process before its use; more failures have another cause.
   */
  private static final int PORT_ATTEMPTS = 3;

  /** Exit code in {@link #exited} when no process could be started. */
  private static final int NO_PROCESS = -1;

  private final CassandraSettings settings;
  private final CassandraHome home;
  private final ScheduledExecutorService supervisor;
  private final int nativePort;
  private final RestartPolicy restarts = new RestartPolicy(System::nanoTime);
  private final CompletableFuture<Integer> exited = new CompletableFuture<>();
  private final CompletableFuture<EmbeddedStoreException> failed = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Written on the supervisor thread. */
  private volatile CassandraRun current;

  /** Supervisor thread only. */
  private boolean stopping;

  /** Supervisor thread. Starts the first child, which needs seconds to become ready. */
  private EmbeddedCassandra(
      CassandraSettings settings, CassandraHome home, ScheduledExecutorService supervisor) {
    this.settings = settings;
    this.home = home;
    this.supervisor = supervisor;
    List<Integer> free = Ports.free(settings.listenHost(), 2);
    this.nativePort = settings.nativePort() == 0 ? free.get(0) : settings.nativePort();
    this.current = CassandraRun.start(settings, home, nativePort, storagePort(free.get(1)));
  }

  /**
   * Starts it and returns at once; completes when clients may connect. Fails with an {@link
   * EmbeddedStoreException} whose message is for the operator, and leaves no process behind.
   */
  public static CompletableFuture<EmbeddedCassandra> start(CassandraSettings settings) {
    ScheduledExecutorService supervisor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "cassandra-supervisor");
              thread.setDaemon(true);
              return thread;
            });
    return CompletableFuture.supplyAsync(() -> prepare(settings), supervisor)
        .thenComposeAsync(home -> attempt(settings, home, supervisor, 1), supervisor)
        .whenComplete(
            (cassandra, failure) -> {
              if (failure != null) {
                supervisor.shutdown();
              }
            });
  }

  /** The address for clients; it stays the same over restarts. */
  public InetSocketAddress contactPoint() {
    return new InetSocketAddress(settings.listenHost(), nativePort);
  }

  public String localDatacenter() {
    return CassandraConfiguration.DATA_CENTER;
  }

  /** Whether a child runs, ready or not. */
  public boolean isRunning() {
    return current.isRunning();
  }

  /** Completes when the child that runs now has ended; at once if none runs. */
  public CompletableFuture<Void> ended() {
    return current.exit().thenApply(code -> null);
  }

  /**
   * Restarts one without automatic restarts; completes when clients may connect. Fails if it still
   * runs or does not start.
   */
  public CompletableFuture<Void> startAgain() {
    return CompletableFuture.supplyAsync(
            () -> {
              if (stopping || isRunning()) {
                throw new EmbeddedStoreException(
                    "Cassandra on " + settings.listenHost() + " cannot be started: it still runs");
              }
              PreviousProcess.awaitEnd(CassandraCommand.lock(settings));
              return startNext();
            },
            supervisor)
        .thenCompose(CassandraRun::ready);
  }

  /** Process id of the child that runs now, or that ran last. */
  public long pid() {
    return current.pid();
  }

  /**
   * Completes with the last exit code when the child crashed too often to be restarted. The server
   * must stop then. Never completes after {@link #close}.
   */
  public CompletableFuture<Integer> exited() {
    return exited.copy();
  }

  /** Completes together with {@link #exited}, with the reason in a sentence for the operator. */
  public CompletableFuture<EmbeddedStoreException> failed() {
    return failed.copy();
  }

  /**
   * Drains and stops the child; kills it if that takes longer than 8 s (10 s the first time, when
   * it writes its class archive). Blocks; a second call does nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      supervisor.submit(() -> stopping = true).get(); // From now on nothing is restarted.
      current.stop();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      current.kill();
      Thread.currentThread().interrupt();
    } finally {
      supervisor.shutdownNow();
    }
  }

  /** Supervisor thread. */
  private static CassandraHome prepare(CassandraSettings settings) {
    CassandraHome home = CassandraHome.find();
    Folders.create(settings.dataDirectory());
    Folders.create(CassandraCommand.tmp(settings));
    Folders.createParent(settings.logFile());
    PreviousProcess.awaitEnd(CassandraCommand.lock(settings));
    SeedData.copyInto(settings.dataDirectory());
    if (settings.nativePort() != 0) {
      Ports.requireFree(
          "Cassandra", settings.listenHost(), settings.nativePort(), "JOVIAL_CASSANDRA_PORT");
    }
    return home;
  }

  /** Supervisor thread. */
  private static CompletableFuture<EmbeddedCassandra> attempt(
      CassandraSettings settings,
      CassandraHome home,
      ScheduledExecutorService supervisor,
      int nth) {
    EmbeddedCassandra cassandra = new EmbeddedCassandra(settings, home, supervisor);
    CassandraRun first = cassandra.current;
    return first
        .ready()
        .thenApplyAsync(
            nothing -> {
              cassandra.watch(first);
              return cassandra;
            },
            supervisor)
        .exceptionallyComposeAsync(
            failure -> {
              first.kill();
              // Only after its exit: a caller that receives the failure may delete the folder.
              return first
                  .exit()
                  .thenComposeAsync(
                      code -> {
                        first.crashed();
                        String reason = CassandraRun.reason(failure);
                        return isPortTaken(reason) && nth < PORT_ATTEMPTS
                            ? attempt(settings, home, supervisor, nth + 1)
                            : CompletableFuture.failedFuture(startFailure(settings, reason));
                      },
                      supervisor);
            },
            supervisor);
  }

  private static EmbeddedStoreException startFailure(CassandraSettings settings, String reason) {
    return new EmbeddedStoreException(
        "The embedded Cassandra does not start: "
            + reason
            + ". More is in "
            + settings.logFile()
            + " and "
            + CassandraRun.errorFile(settings)
            + ".");
  }

  private static boolean isPortTaken(String reason) {
    return reason.contains("Failed to bind port")
        || reason.contains("is in use by another process");
  }

  private void watch(CassandraRun watched) {
    watched
        .exit()
        .thenAcceptAsync(code -> handleExit(watched, code), supervisor)
        .exceptionally(
            failure -> {
              if (!(failure.getCause() instanceof RejectedExecutionException)) {
                giveUp(NO_PROCESS, "can no longer be watched: " + failure);
              }
              return null; // Rejected: closed in the meantime, so its exit was requested.
            });
  }

  /** Supervisor thread. */
  private void handleExit(CassandraRun ended, int code) {
    if (stopping) {
      return;
    }
    ended.crashed();
    if (!settings.restarts()) {
      LOG.warn("Cassandra (process {}) ended with code {}", ended.pid(), code);
      return;
    }
    Optional<Duration> wait = restarts.afterCrash();
    if (wait.isEmpty()) {
      giveUp(code, "ended too often to be started again, last with code " + code);
      return;
    }
    LOG.warn(
        "Cassandra (process {}) ended with code {}; starting it again in {} ms; see {}",
        ended.pid(),
        code,
        wait.get().toMillis(),
        settings.logFile());
    var unused = supervisor.schedule(this::restart, wait.get().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Supervisor thread. A child that exits before it is ready counts as another crash. */
  private void restart() {
    if (stopping) {
      return;
    }
    try {
      CassandraRun next = startNext();
      var unused =
          next.ready()
              .whenComplete(
                  (nothing, failure) -> {
                    if (failure == null) {
                      LOG.info("Cassandra serves again as process {}", next.pid());
                    } else {
                      LOG.warn("Cassandra did not come back: {}", CassandraRun.reason(failure));
                      next.kill();
                    }
                  });
    } catch (RuntimeException e) {
      giveUp(NO_PROCESS, "cannot be started again: " + e.getMessage());
    }
  }

  private CassandraRun startNext() {
    int free = settings.ring() == null ? Ports.free(settings.listenHost(), 1).get(0) : 0;
    CassandraRun next = CassandraRun.start(settings, home, nativePort, storagePort(free));
    current = next;
    watch(next);
    return next;
  }

  /** In a ring the others know it by its port; without a ring any free port is used. */
  private int storagePort(int free) {
    RingMember ring = settings.ring();
    return ring == null ? free : ring.storagePort();
  }

  private void giveUp(int code, String why) {
    EmbeddedStoreException reason =
        new EmbeddedStoreException(
            "The embedded Cassandra " + why + " (log: " + settings.logFile() + ")");
    LOG.error("{}", reason.getMessage());
    failed.complete(reason);
    exited.complete(code);
  }
}
