package chat.jovial.web;

import chat.jovial.config.Settings;
import chat.jovial.embedded.DataDirectory;
import chat.jovial.embedded.EmbeddedStoreException;
import chat.jovial.server.launch.JovialServer;
import chat.jovial.testing.Await;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A whole server with its stores, which may be stopped and started on the same data and port. */
final class RunningServer {
  /** Two cores and a cold start of Cassandra. */
  private static final long START_MINUTES = 3;

  private static final Path WEBROOT = Path.of("..", "webroot").toAbsolutePath().normalize();

  private final Path folder;
  private JovialServer server;

  /** The port that the first start was given; the pages come back to it. */
  private final int port;

  private RunningServer(Path folder, JovialServer server) {
    this.folder = folder;
    this.server = server;
    this.port = server.httpPort();
  }

  static RunningServer start(Path folder) {
    return new RunningServer(folder, await(JovialServer.start(settings(folder, 0))));
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  /** Also waits for the data folder, which a slow store may hold a little longer than the stop. */
  void stop() {
    await(server.close());
    Await.await("the stopped server has released " + folder).until(this::isFolderFree);
  }

  private boolean isFolderFree() {
    try {
      DataDirectory.open(folder).close();
      return true;
    } catch (EmbeddedStoreException inUse) {
      return false;
    }
  }

  void startAgain() {
    server = await(JovialServer.start(settings(folder, port)));
  }

  private static Settings settings(Path folder, int httpPort) {
    Map<String, String> values = new HashMap<>();
    values.put("data.dir", folder.toString());
    values.put("edge.webroot", WEBROOT.toString());
    values.put("http.port", Integer.toString(httpPort));
    for (String port :
        new String[] {
          "tcp.port", "management.port", "cassandra.port", "mongo.port", "cluster.port"
        }) {
      values.put(port, "0");
    }
    return Settings.of(values);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(START_MINUTES, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (Exception e) {
      throw new IllegalStateException("The server did not start or stop.", e);
    }
  }
}
