package chat.jovial.embedded;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  /** Ten times what a start takes on two busy cores: beyond it the child hangs. */
  private static final Duration START_LIMIT = Duration.ofSeconds(120);

  /** A drain takes about 3 s, 2 of them Netty's quiet period. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

  /** The first stop also writes the class archive. */
  private static final Duration RECORDING_STOP_LIMIT = Duration.ofSeconds(12);

  private static final Duration KILL_LIMIT = Duration.ofSeconds(2);

  /** Free ports may be taken between the look and the use; more than this is no accident. */
  private static final int PORT_ATTEMPTS = 3;

  private static final int MIN_FREE_MIB = 512;

  private final CassandraSettings settings;
  private final CassandraHome home;
  private final ScheduledExecutorService supervisor;
  private final RestartPolicy restarts = new RestartPolicy(System::nanoTime);
  private final CompletableFuture<Integer> exited = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Written on the supervisor thread. */
  private volatile int nativePort;

  private volatile CassandraLife life;

  /** Supervisor thread only. */
  private boolean stopping;

  /** Supervisor thread only: true from the first readiness on, when a death is a crash. */
  private boolean serving;

  private record CassandraLife(CassandraProcess process, ClassArchive archive, boolean recording) {}

  /** Supervisor thread. Starts the first child, which may not be ready for seconds. */
  private EmbeddedCassandra(
      CassandraSettings settings, CassandraHome home, ScheduledExecutorService supervisor) {
    this.settings = settings;
    this.home = home;
    this.supervisor = supervisor;
    this.nativePort = settings.nativePort();
    this.life = launch();
  }

  /**
   * Starts it and returns at once; completes when clients may connect. Fails with an {@link
   * EmbeddedStoreException} whose message is for the operator.
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

  /** Process id of the child that runs now, or that ran last. */
  public long pid() {
    return life.process().pid();
  }

  /**
   * Completes with the last exit code when the child died too often to be started again. The server
   * must stop then. Never completes after {@link #close}.
   */
  public CompletableFuture<Integer> exited() {
    return exited.copy();
  }

  /**
   * Drains and stops the child; kills it if that takes longer than 8 s (12 s the first time ever,
   * when it writes its class archive). Blocks; a second call does nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      CassandraLife last =
          supervisor
              .submit(
                  () -> {
                    stopping = true;
                    return life;
                  })
              .get();
      stop(last);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      life.process().kill();
      Thread.currentThread().interrupt();
    } finally {
      supervisor.shutdownNow();
    }
  }

  private static CassandraHome prepare(CassandraSettings settings) {
    CassandraHome home = CassandraHome.find();
    Folders.create(settings.dataDirectory());
    Folders.create(CassandraCommand.tmp(settings));
    Folders.createParent(settings.logFile());
    Folders.requireFreeSpace(settings.dataDirectory(), MIN_FREE_MIB);
    FormerChild.awaitEnd(CassandraCommand.lock(settings));
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
    CassandraProcess child = cassandra.life.process();
    return child
        .ready()
        .orTimeout(START_LIMIT.toSeconds(), TimeUnit.SECONDS)
        .thenApplyAsync(
            nothing -> {
              cassandra.serving = true;
              return cassandra;
            },
            supervisor)
        .exceptionallyComposeAsync(
            failure -> {
              child.kill();
              String reason = reason(failure);
              return isPortTaken(reason) && nth < PORT_ATTEMPTS
                  ? attempt(settings, home, supervisor, nth + 1)
                  : CompletableFuture.failedFuture(startFailure(settings, reason));
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
            + errorFile(settings)
            + ".");
  }

  /** Supervisor thread. */
  private CassandraLife launch() {
    boolean choosePort = settings.nativePort() == 0 && !serving;
    var free = Ports.free(settings.listenHost(), 2);
    if (choosePort) {
      nativePort = free.get(0);
    }
    CassandraConfiguration.write(settings, nativePort, free.get(1));
    ClassArchive archive = ClassArchive.of(home, settings);
    boolean recording = !archive.exists();
    CassandraProcess process =
        CassandraProcess.start(
            CassandraCommand.of(settings, home, archive),
            settings.dataDirectory(),
            errorFile(settings));
    CassandraLife started = new CassandraLife(process, archive, recording);
    process
        .exit()
        .thenAcceptAsync(code -> handleExit(started, code), supervisor)
        .exceptionally(
            failure -> {
              log.debug("Exit of Cassandra (process {}) after close", process.pid(), failure);
              return null;
            });
    return started;
  }

  /** Supervisor thread. */
  private void handleExit(CassandraLife ended, int code) {
    if (stopping) {
      return;
    }
    ended.archive().childExited(false);
    if (!serving || ended != life) {
      return;
    }
    Optional<Duration> wait = restarts.afterCrash();
    if (wait.isEmpty()) {
      log.error(
          "Cassandra (process {}) ended with code {}, too often to start it again; see {}",
          ended.process().pid(),
          code,
          settings.logFile());
      exited.complete(code);
      return;
    }
    log.warn(
        "Cassandra (process {}) ended with code {}; starting it again in {} ms; see {}",
        ended.process().pid(),
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
      CassandraLife next = launch();
      life = next;
      next.process()
          .ready()
          .orTimeout(START_LIMIT.toSeconds(), TimeUnit.SECONDS)
          .whenComplete(
              (nothing, failure) -> {
                if (failure == null) {
                  log.info("Cassandra serves again as process {}", next.process().pid());
                } else {
                  log.warn("Cassandra did not come back: {}", reason(failure));
                  next.process().kill();
                }
              })
          .exceptionally(failure -> null);
    } catch (RuntimeException e) {
      log.error("Cassandra cannot be started again", e);
      exited.complete(-1);
    }
  }

  /** Blocks the thread that closes. */
  private void stop(CassandraLife last) throws InterruptedException {
    CassandraProcess process = last.process();
    process.requestStop();
    Duration limit = last.recording() ? RECORDING_STOP_LIMIT : STOP_LIMIT;
    try {
      int code = process.exit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      last.archive().childExited(code == 0);
      log.info("Cassandra (process {}) stopped", process.pid());
      return;
    } catch (TimeoutException e) {
      log.warn(
          "Cassandra (process {}) did not stop within {} s and is killed; nothing is lost, the next"
              + " start replays its commit log",
          process.pid(),
          limit.toSeconds());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    process.kill();
    try {
      process.exit().get(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.warn("Cassandra (process {}) is still there", process.pid(), e);
    }
    last.archive().childExited(false);
  }

  private static Path errorFile(CassandraSettings settings) {
    return settings.logFile().resolveSibling(settings.logFile().getFileName() + ".err");
  }

  private static boolean isPortTaken(String reason) {
    return reason.contains("Failed to bind port")
        || reason.contains("is in use by another process");
  }

  private static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof TimeoutException
        ? "not ready within " + START_LIMIT.toSeconds() + " s"
        : String.valueOf(cause.getMessage());
  }
}
