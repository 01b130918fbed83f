package chat.jovial.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Process of a real server, and its HTTP API, as an app's own server would use it. With {@code
 * -Dconformance.target=HTTP_PORT,TCP_PORT} it is one that somebody else has started on this
 * machine, which is not restarted.
 */
final class ServerProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TARGET = System.getProperty("conformance.target", "");
  private static final Pattern READY =
      Pattern.compile("Jovial is ready: http://\\S+:(\\d+) \\(TCP \\S+:(\\d+)\\)");

  /** The server promises 15; the machine is busy. */
  private static final long STOP_SECONDS = 60;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path data;
  private final Map<String, String> settings;
  private int httpPort;
  private int tcpPort;
  private @Nullable Process process;

  ServerProcess(Path data) {
    this(data, Map.of());
  }

  /**
   * @param settings environment variables
   */
  ServerProcess(Path data, Map<String, String> settings) {
    this.data = data;
    this.settings = settings;
    if (TARGET.isEmpty()) {
      start();
    } else {
      httpPort = Integer.parseInt(TARGET.split(",", -1)[0]);
      tcpPort = Integer.parseInt(TARGET.split(",", -1)[1]);
    }
  }

  int tcpPort() {
    return tcpPort;
  }

  int httpPort() {
    return httpPort;
  }

  String url() {
    return "http://127.0.0.1:" + httpPort;
  }

  /** Stops it in good order and starts it again on the same data and ports. */
  void restart() {
    Assumptions.assumeTrue(TARGET.isEmpty(), "the server is not ours to restart");
    stop();
    start();
  }

  private void start() {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djovial.home=" + Kits.root(),
                "-Dlogback.configurationFile=" + Kits.root().resolve("conf/logback.xml"),
                "-cp",
                System.getProperty("java.class.path"),
                "chat.jovial.server.Main",
                "start"));
    builder.environment().keySet().removeIf(name -> name.startsWith("JOVIAL_"));
    builder.environment().put("JOVIAL_DATA_DIR", data.toString());
    builder.environment().put("JOVIAL_HTTP_PORT", Integer.toString(httpPort));
    builder.environment().put("JOVIAL_TCP_PORT", Integer.toString(tcpPort));
    for (String port : List.of("MANAGEMENT", "CASSANDRA", "MONGO", "CLUSTER")) {
      builder.environment().put("JOVIAL_" + port + "_PORT", "0");
    }
    builder.environment().putAll(settings);
    builder.redirectError(errors().toFile());
    try {
      Process started = builder.start();
      process = started;
      awaitReady(started);
    } catch (IOException e) {
      throw new UncheckedIOException("The server cannot be started.", e);
    }
  }

  private Path errors() {
    return data.resolveSibling("server.err");
  }

  private void awaitReady(Process started) throws IOException {
    BufferedReader lines = started.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        httpPort = Integer.parseInt(ready.group(1));
        tcpPort = Integer.parseInt(ready.group(2));
        drain(lines);
        return;
      }
    }
    throw new AssertionError(
        "The server did not start. It said:\n"
            + Files.readString(errors(), StandardCharsets.UTF_8));
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

  /** The reply of an operation, which must be a success. */
  JsonNode call(String operation, ObjectNode body, @Nullable String userToken) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + "/api/" + operation))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (userToken != null) {
      request.header("Authorization", "Bearer " + userToken);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(operation + " answered " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(operation + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void stop() {
    Process running = process;
    if (running == null) {
      return;
    }
    running.destroy();
    try {
      if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        running.destroyForcibly();
        throw new AssertionError("The server did not stop within " + STOP_SECONDS + " s.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running.destroyForcibly();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
