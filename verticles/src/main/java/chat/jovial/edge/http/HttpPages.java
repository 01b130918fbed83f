package chat.jovial.edge.http;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import chat.jovial.contract.ums.PublicKeys;
import chat.jovial.edge.limits.RateLimiter;
import chat.jovial.edge.network.RemoteAddress;
import chat.jovial.edge.network.TrustedProxies;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;

/** Pages that are no operations: the web app, the documentation, the public keys. */
public final class HttpPages {
  private final TrustedProxies proxies;
  private final RateLimiter addressRate;
  private final WebFiles files;
  private final EdgeDocuments documents;
  private final Supplier<Future<PublicKeys>> keys;

  public HttpPages(
      TrustedProxies proxies,
      RateLimiter addressRate,
      WebFiles files,
      EdgeDocuments documents,
      Supplier<Future<PublicKeys>> keys) {
    this.proxies = proxies;
    this.addressRate = addressRate;
    this.files = files;
    this.documents = documents;
    this.keys = keys;
  }

  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    try {
      addressRate.check(RemoteAddress.network(proxies.clientOf(request)));
    } catch (JovialException e) {
      Problems.send(request, e);
      return;
    }
    find(context.normalizedPath())
        .onSuccess(
            page ->
                page.ifPresentOrElse(
                    found -> found.send(request),
                    () ->
                        Problems.send(request, JovialException.notFound("there is nothing here"))))
        .onFailure(failure -> Problems.send(request, failure));
  }

  private Future<Optional<Page>> find(String path) {
    return switch (path) {
      case "/openapi.json" -> made("openapi.json", documents.openApi().get());
      case "/docs", "/docs/" -> made("docs.html", documents.viewer().get());
      case "/.well-known/jwks.json" ->
          made("jwks.json", keys.get().map(found -> Buffer.buffer(Json.write(found))));
      default -> files.find(path);
    };
  }

  private static Future<Optional<Page>> made(String name, Future<Buffer> content) {
    return content.map(found -> Optional.of(Page.of(name, found, Page.REVALIDATE)));
  }
}
