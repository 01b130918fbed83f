package chat.jovial.edge.operations;

import chat.jovial.contract.Access;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.contract.Service;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Table of the handlers of the edge's own operations, which need the connection that services do
 * not know. Filled before it is used, then read only.
 */
public final class EdgeOperationHandlers {
  private final Map<String, Handler<Request, Reply>> handlers = new HashMap<>();

  /** Does what an operation says; fails with a {@code JovialException} that says why. */
  @FunctionalInterface
  public interface Handler<Q extends Request, R extends Reply> {
    Future<R> handle(ClientCall call, Q request);
  }

  public <Q extends Request, R extends Reply> EdgeOperationHandlers on(
      Operation<Q, R> operation, Handler<Q, R> handler) {
    @SuppressWarnings("unchecked") // The catalogue ties an operation's name to its records.
    Handler<Request, Reply> untyped =
        (call, request) -> ((Handler<Q, Reply>) handler).handle(call, (Q) request);
    handlers.put(operation.name(), untyped);
    return this;
  }

  /** Refuses to go on if an operation that clients may call on the edge has no handler. */
  public EdgeOperationHandlers checkComplete() {
    Set<String> missing =
        Catalogue.operationsOf(Service.EDGE).stream()
            .filter(operation -> operation.access() != Access.SERVICE)
            .map(Operation::name)
            .filter(name -> !handlers.containsKey(name))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!missing.isEmpty()) {
      throw new IllegalStateException("the edge has no handler for " + missing);
    }
    return this;
  }

  Future<? extends Reply> handle(Operation<?, ?> operation, ClientCall call, Request request) {
    Handler<Request, Reply> handler = handlers.get(operation.name());
    return handler == null
        ? Future.failedFuture(new IllegalStateException("the edge was sent " + operation))
        : handler.handle(call, request);
  }
}
