package chat.jovial.fss;

import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** ClamAV's real daemon, which knows one signature: that of a test text. */
final class Clamd implements AutoCloseable {
  static final String HARMFUL = "jovial's own harmful test text";
  private static final Path PROGRAM = Path.of("/usr/sbin/clamd");

  private final Process process;
  private final int port;

  private Clamd(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  static Clamd start(Path folder) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path signatures = Files.createDirectories(folder.resolve("signatures"));
    String hex = HexFormat.of().formatHex(HARMFUL.getBytes(StandardCharsets.UTF_8));
    Files.writeString(signatures.resolve("test.ndb"), "Jovial.Test:0:*:" + hex + "\n");
    Path config = folder.resolve("clamd.conf");
    Files.write(
        config,
        List.of(
            "TCPAddr 127.0.0.1",
            "TCPSocket " + port,
            "DatabaseDirectory " + signatures,
            "TemporaryDirectory " + folder,
            "StreamMaxLength 4M",
            "Foreground yes"));
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "--config-file=" + config)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("clamd.out").toFile())
            .start();
    Clamd clamd = new Clamd(process, port);
    clamd.awaitReady();
    return clamd;
  }

  int port() {
    return port;
  }

  private void awaitReady() {
    try {
      await("clamd listens on port " + port).until(this::isListening);
    } catch (AssertionError failure) {
      close();
      throw failure;
    }
  }

  private boolean isListening() {
    assertThat(process.isAlive()).as("clamd runs").isTrue();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
