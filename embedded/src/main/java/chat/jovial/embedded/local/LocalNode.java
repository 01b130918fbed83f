package chat.jovial.embedded.local;

import chat.jovial.embedded.EmbeddedStoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node of the cluster over all its lives. Confined to the cluster's supervisor thread. */
final class LocalNode {
  private final String name;
  private final List<String> command;
  private final Path folder;
  private final Map<String, String> environment;
  private final Map<String, Integer> ports;
  private final Consumer<String> lines;
  private volatile @Nullable NodeProcess process;

  LocalNode(
      String name,
      List<String> command,
      Path folder,
      Map<String, String> environment,
      Map<String, Integer> ports,
      Consumer<String> lines) {
    this.name = name;
    this.command = List.copyOf(command);
    this.folder = folder;
    this.environment = Map.copyOf(environment);
    this.ports = Map.copyOf(ports);
    this.lines = lines;
  }

  String name() {
    return name;
  }

  /** Starts the process; fails if it still runs. */
  NodeProcess begin() {
    if (isRunning()) {
      throw new EmbeddedStoreException(name + " cannot be started: it still runs");
    }
    NodeProcess begun =
        NodeProcess.start(command, folder, environment, line -> lines.accept(name + " | " + line));
    process = begun;
    return begun;
  }

  boolean isRunning() {
    NodeProcess current = process;
    return current != null && current.isRunning();
  }

  /** Completes when the current process has exited; at once if none runs. */
  CompletableFuture<Void> ended() {
    NodeProcess current = process;
    return current == null
        ? CompletableFuture.completedFuture(null)
        : current.exit().thenApply(code -> null);
  }

  /** Asks it to stop; completes when it is gone. */
  CompletableFuture<Void> terminate() {
    NodeProcess current = process;
    if (current != null) {
      current.terminate();
    }
    return ended();
  }

  void kill() {
    NodeProcess current = process;
    if (current != null) {
      current.kill();
    }
  }

  LocalProcess describe(String host) {
    NodeProcess current = process;
    return new LocalProcess(
        name, "node", current == null ? 0 : current.pid(), isRunning(), host, ports);
  }
}
