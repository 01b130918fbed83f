package chat.jovial.server.launch;

import chat.jovial.server.settings.ManagementConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** HTTP server of health and metrics for operators, on a separate port. */
final class ManagementServer {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  private final Readiness readiness;
  private final PrometheusMeterRegistry metrics;

  ManagementServer(Readiness readiness, PrometheusMeterRegistry metrics) {
    this.readiness = readiness;
    this.metrics = metrics;
  }

  Future<HttpServer> listen(Vertx vertx, ManagementConfig config) {
    return vertx
        .createHttpServer()
        .requestHandler(request -> handle(vertx, request))
        .listen(config.port(), config.host());
  }

  private void handle(Vertx vertx, HttpServerRequest request) {
    switch (request.path()) {
      case "/health/live" -> answer(request, OK, new JsonObject().put("status", "up"));
      case "/health/ready" -> {
        Readiness.Phase phase = readiness.phase();
        JsonObject body = new JsonObject().put("status", phase.name().toLowerCase(Locale.ROOT));
        if (phase == Readiness.Phase.STORE_UNAVAILABLE) {
          body.put("stores", new JsonArray(readiness.unavailableStores()));
        }
        answer(request, phase == Readiness.Phase.READY ? OK : UNAVAILABLE, body);
      }
      case "/metrics" -> handleMetrics(vertx, request);
      default -> answer(request, NOT_FOUND, new JsonObject().put("status", "no such page"));
    }
  }

  /** Scraping walks all meters: not on the event loop. */
  private void handleMetrics(Vertx vertx, HttpServerRequest request) {
    vertx
        .executeBlocking(() -> metrics.scrape(), false)
        .compose(
            text ->
                request
                    .response()
                    .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(text))
        .onFailure(failure -> request.response().reset());
  }

  private static void answer(HttpServerRequest request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(body.toBuffer())
        .onFailure(failure -> request.response().reset());
  }
}
