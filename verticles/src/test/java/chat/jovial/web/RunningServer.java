package chat.jovial.web;

import chat.jovial.config.Settings;
import chat.jovial.server.launch.JovialServer;
import chat.jovial.stores.StoresExtension;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A whole server on the stores of a test class; it may be stopped and started on its port. */
final class RunningServer {
  /** Two busy cores and a cold start of the stores. */
  private static final long START_MINUTES = 3;

  private static final Path WEBROOT = Path.of("..", "webroot").toAbsolutePath().normalize();

  private final StoresExtension stores;
  private final Path folder;
  private JovialServer server;

  /** The port that the first start was given; the pages come back to it. */
  private final int port;

  private RunningServer(StoresExtension stores, Path folder, JovialServer server) {
    this.stores = stores;
    this.folder = folder;
    this.server = server;
    this.port = server.httpPort();
  }

  static RunningServer start(StoresExtension stores, Path folder) {
    return new RunningServer(
        stores, folder, await(JovialServer.start(settings(stores, folder, 0))));
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  void stop() {
    await(server.close());
  }

  void startAgain() {
    server = await(JovialServer.start(settings(stores, folder, port)));
  }

  private static Settings settings(StoresExtension stores, Path folder, int httpPort) {
    Map<String, String> values = stores.settings(folder);
    values.put("edge.webroot", WEBROOT.toString());
    values.put("http.port", Integer.toString(httpPort));
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
