package chat.jovial.bench.subject;

import chat.jovial.bench.wire.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A server started by the bench, on ports of its own. It is stopped when this is closed or this JVM
 * ends by itself or by a signal that can be caught.
 */
public final class OwnServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final String READY = "Jovial is ready:";

  /** In the command line of the embedded Cassandra's JVM. */
  private static final String CASSANDRA = "CassandraChild";

  private static final int START_SECONDS = 180;

  /** The server promises 15. */
  private static final int STOP_SECONDS = 20;

  /** Lines of the server's standard error that are shown if it does not start. */
  private static final int SHOWN_LINES = 20;

  private final Process launcher;
  private final Thread stopOnExit;
  private final Target target;
  private final double startSeconds;

  private OwnServer(Process launcher, Thread stopOnExit, Target target, double startSeconds) {
    this.launcher = launcher;
    this.stopOnExit = stopOnExit;
    this.target = target;
    this.startSeconds = startSeconds;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param data folder for its data and its output
   * @param settings environment variables beside those of the ports
   */
  public static OwnServer start(ServerCommand command, Path data, Map<String, String> settings)
      throws IOException, InterruptedException {
    List<Integer> ports = freePorts(5);
    ProcessBuilder builder =
        new ProcessBuilder(command.words()).directory(command.folder().toFile());
    builder.environment().putAll(settings);
    builder.environment().put("JOVIAL_DATA_DIR", data.toString());
    builder.environment().put("JOVIAL_HTTP_PORT", ports.get(0).toString());
    builder.environment().put("JOVIAL_TCP_PORT", ports.get(1).toString());
    builder.environment().put("JOVIAL_MANAGEMENT_PORT", ports.get(2).toString());
    builder.environment().put("JOVIAL_CASSANDRA_PORT", ports.get(3).toString());
    builder.environment().put("JOVIAL_MONGO_PORT", ports.get(4).toString());
    builder.environment().put("JOVIAL_CLUSTER_PORT", "0");
    Path errors = Files.createDirectories(data).resolve("server.err");
    builder.redirectError(errors.toFile());
    long startNanos = System.nanoTime();
    Process launcher = builder.start();
    Thread stopOnExit = new Thread(() -> stop(launcher), "stop-server");
    Runtime.getRuntime().addShutdownHook(stopOnExit);
    double startSeconds;
    try {
      awaitReady(launcher, errors);
      startSeconds = (System.nanoTime() - startNanos) / 1e9;
    } catch (IOException | InterruptedException | RuntimeException e) {
      stop(launcher);
      Runtime.getRuntime().removeShutdownHook(stopOnExit);
      throw e;
    }
    Target target =
        new Target(
            new Endpoint(HOST, ports.get(1), ports.get(0)),
            serverPid(launcher),
            storePid(launcher),
            Optional.of(new InetSocketAddress(HOST, ports.get(3))),
            "jovial",
            Optional.of(new InetSocketAddress(HOST, ports.get(2))));
    return new OwnServer(launcher, stopOnExit, target, startSeconds);
  }

  public Target target() {
    return target;
  }

  /** From the start of the launcher to the line that says that the server is ready. */
  public double startSeconds() {
    return startSeconds;
  }

  /** Stops it and waits for that. */
  @Override
  public void close() {
    stop(launcher);
    Runtime.getRuntime().removeShutdownHook(stopOnExit);
  }

  private static void awaitReady(Process launcher, Path errors)
      throws IOException, InterruptedException {
    Thread limit = killAfter(launcher, START_SECONDS);
    BufferedReader lines = launcher.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(READY)) {
        limit.interrupt();
        drain(lines);
        return;
      }
    }
    limit.interrupt();
    launcher.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    List<String> last = Files.readAllLines(errors);
    throw new IOException(
        "The server ended, or was ended after "
            + START_SECONDS
            + " s, before it was ready. It said:\n"
            + String.join("\n", last.subList(Math.max(0, last.size() - SHOWN_LINES), last.size())));
  }

  private static Thread killAfter(Process launcher, int seconds) {
    Thread thread =
        new Thread(
            () -> {
              try {
                TimeUnit.SECONDS.sleep(seconds);
                stop(launcher);
              } catch (InterruptedException e) {
                // Ready in time.
              }
            },
            "server-start-limit");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** A full pipe would make the server wait. */
  private static void drain(BufferedReader lines) {
    Thread thread =
        new Thread(
            () -> {
              try (lines) {
                while (lines.readLine() != null) {
                  // Nothing of it is wanted.
                }
              } catch (IOException e) {
                // The server is gone.
              }
            },
            "server-output");
    thread.setDaemon(true);
    thread.start();
  }

  private static OptionalLong serverPid(Process launcher) {
    return javaPid(launcher, words -> !words.contains(CASSANDRA));
  }

  private static OptionalLong storePid(Process launcher) {
    return javaPid(launcher, words -> words.contains(CASSANDRA));
  }

  /** The launcher may be a shell that waits, or have become the server itself. */
  private static OptionalLong javaPid(Process launcher, Predicate<String> commandLine) {
    return Stream.concat(Stream.of(launcher.toHandle()), launcher.descendants())
        .filter(handle -> handle.info().command().orElse("").endsWith("java"))
        .filter(handle -> commandLine.test(commandLineOf(handle.pid())))
        .mapToLong(ProcessHandle::pid)
        .findFirst();
  }

  /** ProcessHandle cuts a command line as long as a class path. */
  private static String commandLineOf(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
    } catch (IOException e) {
      return "";
    }
  }

  private static void stop(Process launcher) {
    List<ProcessHandle> all = new ArrayList<>(launcher.descendants().toList());
    OptionalLong server = serverPid(launcher);
    all.stream()
        .filter(handle -> handle.pid() == server.orElse(-1))
        .forEach(ProcessHandle::destroy);
    launcher.destroy();
    try {
      if (!launcher.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        launcher.destroyForcibly();
      }
    } catch (InterruptedException e) {
      launcher.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    // The embedded Cassandra notices by itself; this is for when it does not.
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getByName(HOST)));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }
}
