package chat.jovial.edge.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;

/**
 * The documentation that the edge serves but does not make; asked for at each request, so the
 * suppliers should remember what they made.
 *
 * @param openApi JSON, at {@code /openapi.json}
 * @param viewer HTML, at {@code /docs}; an inline script in it is let through by its hash
 */
public record EdgeDocuments(Supplier<Future<Buffer>> openApi, Supplier<Future<Buffer>> viewer) {}
