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
 * Cassandra as a supervised child JVM: started, watched, started again after a crash, drained at
 * the end. It dies with this process, however that dies.
 *
 * <p>All state changes happen on one supervisor thread; the public methods may be called from any.
 */
public final class EmbeddedCassandra implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedCassandra.class);

  /** Free ports may be taken between the look and the use; more than this is no accident. */
  private static final int PORT_ATTEMPTS = 3;

  /** Given to {@link #exited} when not even a process could be started. */
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
  private volatile CassandraLife life;

  /** Supervisor thread only. */
  private boolean stopping;

  /** Supervisor thread. Starts the first child, which will not be ready for seconds. */
  private EmbeddedCassandra(
      CassandraSettings settings, CassandraHome home, ScheduledExecutorService supervisor) {
    this.settings = settings;
    this.home = home;
    this.supervisor = supervisor;
    List<Integer> free = Ports.free(settings.listenHost(), 2);
    this.nativePort = settings.nativePort() == 0 ? free.get(0) : settings.nativePort();
    this.life = CassandraLife.begin(settings, home, nativePort, storagePort(free.get(1)));
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
    return life.isRunning();
  }

  /** Completes when the child that runs now has ended; at once if none runs. */
  public CompletableFuture<Void> ended() {
    return life.exit().thenApply(code -> null);
  }

  /**
   * Starts one again that is not started again by itself; completes when clients may connect. Fails
   * if it still runs or does not come up.
   */
  public CompletableFuture<Void> startAgain() {
    return CompletableFuture.supplyAsync(
            () -> {
              if (stopping || isRunning()) {
                throw new EmbeddedStoreException(
                    "Cassandra on " + settings.listenHost() + " cannot be started: it still runs");
              }
              FormerChild.awaitEnd(CassandraCommand.lock(settings));
              return beginAgain();
            },
            supervisor)
        .thenCompose(CassandraLife::ready);
  }

  /** Process id of the child that runs now, or that ran last. */
  public long pid() {
    return life.pid();
  }

  /**
   * Completes with the last exit code when the child died too often to be started again. The server
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
   * Drains and stops the child; kills it if that takes longer than 8 s (10 s the first time ever,
   * when it writes its class archive). Blocks; a second call does nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      supervisor.submit(() -> stopping = true).get(); // From here on nothing is started again.
      life.stop();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      life.kill();
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
    FormerChild.awaitEnd(CassandraCommand.lock(settings));
    FirstData.copyInto(settings.dataDirectory());
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
    CassandraLife first = cassandra.life;
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
              // Only when it is gone: who hears of the failure may delete the folder.
              return first
                  .exit()
                  .thenComposeAsync(
                      code -> {
                        first.crashed();
                        String reason = CassandraLife.reason(failure);
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
            + CassandraLife.errorFile(settings)
            + ".");
  }

  private static boolean isPortTaken(String reason) {
    return reason.contains("Failed to bind port")
        || reason.contains("is in use by another process");
  }

  private void watch(CassandraLife current) {
    current
        .exit()
        .thenAcceptAsync(code -> handleExit(current, code), supervisor)
        .exceptionally(
            failure -> {
              if (!(failure.getCause() instanceof RejectedExecutionException)) {
                giveUp(NO_PROCESS, "can no longer be watched: " + failure);
              }
              return null; // Rejected: closed meanwhile, so its end was wanted.
            });
  }

  /** Supervisor thread. */
  private void handleExit(CassandraLife ended, int code) {
    if (stopping) {
      return;
    }
    ended.crashed();
    if (!settings.restarts()) {
      log.warn("Cassandra (process {}) ended with code {}", ended.pid(), code);
      return;
    }
    Optional<Duration> wait = restarts.afterCrash();
    if (wait.isEmpty()) {
      giveUp(code, "ended too often to be started again, last with code " + code);
      return;
    }
    log.warn(
        "Cassandra (process {}) ended with code {}; starting it again in {} ms; see {}",
        ended.pid(),
        code,
        wait.get().toMillis(),
        settings.logFile());
    var unused = supervisor.schedule(this::restart, wait.get().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Supervisor thread. A child that dies before it is ready counts as one more crash. */
  private void restart() {
    if (stopping) {
      return;
    }
    try {
      CassandraLife next = beginAgain();
      var unused =
          next.ready()
              .whenComplete(
                  (nothing, failure) -> {
                    if (failure == null) {
                      log.info("Cassandra serves again as process {}", next.pid());
                    } else {
                      log.warn("Cassandra did not come back: {}", CassandraLife.reason(failure));
                      next.kill();
                    }
                  });
    } catch (RuntimeException e) {
      giveUp(NO_PROCESS, "cannot be started again: " + e.getMessage());
    }
  }

  private CassandraLife beginAgain() {
    int free = settings.ring() == null ? Ports.free(settings.listenHost(), 1).get(0) : 0;
    CassandraLife next = CassandraLife.begin(settings, home, nativePort, storagePort(free));
    life = next;
    watch(next);
    return next;
  }

  /** The others of a ring know it by its port; one alone takes any. */
  private int storagePort(int free) {
    RingPlace ring = settings.ring();
    return ring == null ? free : ring.storagePort();
  }

  private void giveUp(int code, String why) {
    EmbeddedStoreException reason =
        new EmbeddedStoreException(
            "The embedded Cassandra " + why + " (log: " + settings.logFile() + ")");
    log.error("{}", reason.getMessage());
    failed.complete(reason);
    exited.complete(code);
  }
}
