package chat.jovial.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Program of a test, and the lines that it has printed. */
final class Program implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;
  private static final long POLL_MILLIS = 50;

  private final List<String> command;
  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private Program(List<String> command, Process process) {
    this.command = command;
    this.process = process;
    this.reader = new Thread(this::read, "program-output");
    reader.setDaemon(true);
  }

  static Program start(Path folder, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Program program = new Program(command, builder.start());
      program.reader.start();
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException("This cannot be started: " + command, e);
    }
  }

  /** Runs one to its end, which must be a success; gives what it printed. */
  static String run(Path folder, Map<String, String> environment, List<String> command) {
    try (Program program = start(folder, environment, command)) {
      if (!program.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw program.problem("does not end");
      }
      program.reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      if (program.process.exitValue() != 0) {
        throw program.problem("ended with " + program.process.exitValue());
      }
      return String.join("\n", program.lines);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Waits for a line that has all of that in it. */
  String awaitLine(String... parts) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      for (String line : lines) {
        if (List.of(parts).stream().allMatch(line::contains)) {
          return line;
        }
      }
      if (!process.isAlive() && !reader.isAlive()) {
        break;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
    }
    throw problem("did not print " + List.of(parts));
  }

  private AssertionError problem(String what) {
    return new AssertionError(command + " " + what + ". It said:\n" + String.join("\n", lines));
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // It was ended.
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
