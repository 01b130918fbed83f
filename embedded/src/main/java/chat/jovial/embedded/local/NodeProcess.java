package chat.jovial.embedded.local;

import chat.jovial.embedded.EmbeddedStoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Process of a node: one run of the launcher script, which becomes the server's JVM. Its standard
 * input is a pipe from here; when the pipe closes, the node exits. Safe to use from any thread.
 */
final class NodeProcess {
  private static final String READY = "Jovial is ready: ";

  /** Many times what a start takes on two busy cores. */
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final Process process;
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  private NodeProcess(Process process) {
    this.process = process;
  }

  /**
   * @param lines receives each line that the node prints
   */
  static NodeProcess start(
      List<String> command, Path folder, Map<String, String> environment, Consumer<String> lines) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    try {
      NodeProcess node = new NodeProcess(builder.start());
      node.read(node.process.getInputStream(), lines);
      node.read(node.process.getErrorStream(), lines);
      node.process
          .onExit()
          .thenAccept(
              ended ->
                  node.ready.completeExceptionally(
                      new EmbeddedStoreException(
                          "it ended with code " + ended.exitValue() + "; what it said is above")))
          .exceptionally(impossible -> null);
      return node;
    } catch (IOException e) {
      throw new EmbeddedStoreException("The launcher cannot be run: " + e.getMessage(), e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** Completes with the line that says so, or fails with the reason. */
  CompletableFuture<String> ready() {
    return ready.copy().orTimeout(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }

  private void read(InputStream from, Consumer<String> lines) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader in =
                  new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                  lines.accept(line);
                  if (line.startsWith(READY)) {
                    ready.complete(line.substring(READY.length()));
                  }
                }
              } catch (IOException e) {
                lines.accept("(its output cannot be read any more: " + e.getMessage() + ")");
              }
            },
            "node-lines");
    reader.setDaemon(true);
    reader.start();
  }
}
