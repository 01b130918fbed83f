package chat.jovial.edge;

import chat.jovial.contract.JovialException;
import io.vertx.ext.web.RoutingContext;

/** What is not an operation: pages, documents, keys. */
final class HttpPages {
  void handle(RoutingContext request) {
    request.fail(JovialException.notFound("there is nothing here"));
  }
}
