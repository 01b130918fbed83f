package chat.jovial.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the child, from its start to its exit: fresh configuration, process, class archive.
 * Blocks on the disk and, in {@link #stop}, on the child.
 */
final class CassandraRun {
  private static final Logger LOG = LoggerFactory.getLogger(CassandraRun.class);

  /** Many times what a start takes on two cores, also on busy ones: after that the child hangs. */
  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  /** A drain takes about 3 s, 2 of them Netty's quiet period. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

  /** The first stop also writes the class archive. */
  private static final Duration RECORDING_STOP_LIMIT =
      Duration.ofSeconds(Long.getLong("jovial.stop.seconds", 10));

  private static final Duration KILL_LIMIT = Duration.ofSeconds(2);

  /** Room for a few commit log segments and flushes. */
  private static final int MIN_FREE_MIB = 512;

  private final CassandraProcess process;
  private final ClassArchive archive;
  private final Duration stopLimit;

  private CassandraRun(CassandraProcess process, ClassArchive archive, boolean recording) {
    this.process = process;
    this.archive = archive;
    this.stopLimit = recording ? RECORDING_STOP_LIMIT : STOP_LIMIT;
  }

  static CassandraRun start(
      CassandraSettings settings, CassandraHome home, int nativePort, int storagePort) {
    Folders.requireFreeSpace(settings.dataDirectory(), MIN_FREE_MIB);
    EmptyCommitLogSegments.remove(CassandraConfiguration.commitLog(settings));
    CassandraConfiguration.write(settings, nativePort, storagePort);
    ClassArchive archive = ClassArchive.of(home, settings);
    boolean recording = !archive.exists();
    CassandraProcess process =
        CassandraProcess.start(
            CassandraCommand.of(settings, home, archive),
            settings.dataDirectory(),
            errorFile(settings));
    return new CassandraRun(process, archive, recording);
  }

  /** Standard error of the JVM, beside Cassandra's log. */
  static Path errorFile(CassandraSettings settings) {
    return settings.logFile().resolveSibling(settings.logFile().getFileName() + ".err");
  }

  long pid() {
    return process.pid();
  }

  /** Completes when clients may connect, or fails with the reason. */
  CompletableFuture<Void> ready() {
    return process.ready().copy().orTimeout(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  boolean isRunning() {
    return process.isRunning();
  }

  CompletableFuture<Integer> exit() {
    return process.exit();
  }

  void kill() {
    process.kill();
  }

  /** Call it when the child exited without being stopped. */
  void crashed() {
    archive.childExited(false);
  }

  /** Drains and stops it, and kills it after the limit. */
  void stop() throws InterruptedException {
    process.requestStop();
    if (endsWithin(stopLimit)) {
      LOG.info("Cassandra (process {}) stopped", pid());
      return;
    }
    LOG.warn(
        "Cassandra (process {}) did not stop within {} s and is killed; nothing is lost, the next"
            + " start replays its commit log",
        pid(),
        stopLimit.toSeconds());
    process.kill();
    if (!endsWithin(KILL_LIMIT)) {
      LOG.warn("Cassandra (process {}) still runs", pid());
    }
  }

  /** The reason of a failed {@link #ready}, for a sentence. */
  static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof TimeoutException
        ? "not ready within " + START_LIMIT.toSeconds() + " s"
        : String.valueOf(cause.getMessage());
  }

  private boolean endsWithin(Duration limit) throws InterruptedException {
    try {
      int code = process.exit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      archive.childExited(code == 0);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
