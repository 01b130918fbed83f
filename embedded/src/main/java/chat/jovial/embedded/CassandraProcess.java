package chat.jovial.embedded;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Child JVM of Cassandra, from its start to its exit. Safe to use from any thread. */
final class CassandraProcess {
  private static final Logger LOG = LoggerFactory.getLogger(CassandraProcess.class);

  private static final String READY = "jovial-ready";
  private static final String FAILED = "jovial-failed ";

  /** Jars, tables and connections. */
  private static final long ENOUGH_FILES = 1024;

  private final Process process;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  private CassandraProcess(Process process) {
    this.process = process;
  }

  static CassandraProcess start(List<String> command, Path folder, Path errorFile) {
    try {
      CassandraProcess child =
          new CassandraProcess(
              new ProcessBuilder(command)
                  .directory(folder.toFile())
                  .redirectError(ProcessBuilder.Redirect.to(errorFile.toFile()))
                  .start());
      Thread reader = new Thread(child::readLines, "cassandra-lines");
      reader.setDaemon(true);
      reader.start();
      return child;
    } catch (IOException e) {
      throw new EmbeddedStoreException(
          "The JVM of the embedded Cassandra does not start: " + e.getMessage(), e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Completes when clients may connect; fails with the reason if the child exits before that. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  /** Do not ask {@link #exit} for this: its future is never done at once. */
  boolean isRunning() {
    return process.isAlive();
  }

  /** Completes with the exit code; 128 + n if signal n ended it. */
  CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Asks for a drain and an exit; returns at once. */
  void requestStop() {
    try {
      OutputStream toChild = process.getOutputStream();
      toChild.write("stop\n".getBytes(StandardCharsets.US_ASCII));
      toChild.flush();
    } catch (IOException e) {
      LOG.debug("Cassandra (process {}) has exited already", pid(), e);
    }
  }

  void kill() {
    process.destroyForcibly();
  }

  /** On its own thread, until the child exits and with that closes its standard output. */
  private void readLines() {
    String reason = "";
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(READY)) {
          ready.complete(null);
        } else if (line.startsWith(FAILED)) {
          reason = line.substring(FAILED.length());
        } else {
          LOG.debug("Cassandra (process {}): {}", pid(), line);
        }
      }
    } catch (IOException e) {
      reason = e.toString();
    }
    ready.completeExceptionally(
        new EmbeddedStoreException(reason.isEmpty() ? withoutMessage() : reason));
  }

  /** Most often the process was killed, or could not open what it needs. */
  private String withoutMessage() {
    String limit =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < ENOUGH_FILES
            ? " A process here may open only %d files, and it needs about %d: raise the limit (ulimit -n, LimitNOFILE)."
                .formatted(system.getMaxFileDescriptorCount(), ENOUGH_FILES)
            : " Its log says more.";
    return "it ended without a message (exit code " + exitCode() + ")." + limit;
  }

  private String exitCode() {
    try {
      return process.waitFor(1, TimeUnit.SECONDS)
          ? Integer.toString(process.exitValue())
          : "not known";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "not known";
    }
  }
}
