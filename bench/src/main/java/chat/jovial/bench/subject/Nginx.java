package chat.jovial.bench.subject;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An nginx of our own that serves a folder as it lies there, with the settings it comes with. */
public final class Nginx implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int START_SECONDS = 10;
  private static final long LOOK_MILLIS = 50;

  private static final String CONFIGURATION =
      """
      %s
      daemon off;
      worker_processes auto;
      pid %2$s/nginx.pid;
      error_log %2$s/error.log;
      events { worker_connections 512; }
      http {
        access_log off;
        sendfile on;
        tcp_nopush on;
        client_body_temp_path %2$s/body;
        proxy_temp_path %2$s/proxy;
        fastcgi_temp_path %2$s/fastcgi;
        uwsgi_temp_path %2$s/uwsgi;
        scgi_temp_path %2$s/scgi;
        server { listen %3$s:%4$d; root %2$s/files; }
      }
      """;

  private final Process process;
  private final InetSocketAddress address;

  private Nginx(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  /** The program, where Debian puts it or on the path; empty if it is not installed. */
  public static Optional<Path> program() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of("/usr/sbin"), Stream.of(path.split(":")))
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Serves what lies in the folder {@code files} of the folder; blocks until it does. */
  public static Nginx start(Path program, Path folder) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      port = free.getLocalPort();
    }
    // Its workers would be somebody else, who may not look into a folder of ours.
    String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, CONFIGURATION.formatted(user, folder, HOST, port));
    Process process =
        new ProcessBuilder(
                List.of(
                    program.toString(), "-p", folder.toString(), "-c", configuration.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.out").toFile())
            .start();
    Nginx nginx = new Nginx(process, new InetSocketAddress(HOST, port));
    try {
      nginx.awaitReady(folder);
      return nginx;
    } catch (IOException | InterruptedException | RuntimeException e) {
      nginx.close();
      throw e;
    }
  }

  private void awaitReady(Path folder) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (process.isAlive() && System.nanoTime() < deadline) {
      try (Socket ignored = new Socket(address.getAddress(), address.getPort())) {
        return;
      } catch (ConnectException e) {
        Thread.sleep(LOOK_MILLIS);
      }
    }
    throw new IOException("nginx did not start: " + Files.readString(folder.resolve("nginx.out")));
  }

  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
