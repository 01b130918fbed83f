package chat.jovial.bus;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.contract.Service;
import chat.jovial.contract.bus.Call;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's handlers by operation, and the answering of its bus messages. Filled before it is
 * used, then read only.
 */
public final class OperationHandlers {
  private static final Logger LOG = LoggerFactory.getLogger(OperationHandlers.class);

  private final Service service;
  private final Map<String, OperationHandler<Request, Reply>> handlers = new HashMap<>();

  public OperationHandlers(Service service) {
    this.service = service;
  }

  public <Q extends Request, R extends Reply> OperationHandlers on(
      Operation<Q, R> operation, OperationHandler<? super Q, ? extends R> handler) {
    @SuppressWarnings("unchecked") // The catalogue ties an operation's name to its records.
    OperationHandler<Request, Reply> untyped =
        (caller, request) -> ((OperationHandler<Q, Reply>) handler).handle(caller, (Q) request);
    handlers.put(operation.name(), untyped);
    return this;
  }

  /** Refuses to go on if an operation of the service has no handler. */
  public OperationHandlers checkComplete() {
    Set<String> missing =
        Catalogue.operationsOf(service).stream()
            .map(Operation::name)
            .filter(name -> !handlers.containsKey(name))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!missing.isEmpty()) {
      throw new IllegalStateException(service + " has no handler for " + missing);
    }
    return this;
  }

  /** Answers one bus message, also when the handler throws. */
  public void handle(Message<Call> message) {
    Call call = message.body();
    answer(call)
        .onSuccess(message::reply)
        .onFailure(
            failure -> {
              JovialException told = JovialException.of(failure);
              if (told != failure) {
                LOG.error("{} failed", call.operation(), failure);
              }
              message.reply(told);
            });
  }

  private Future<? extends Reply> answer(Call call) {
    OperationHandler<Request, Reply> handler = handlers.get(call.operation().name());
    if (handler == null) {
      return Future.failedFuture(
          new IllegalStateException(service + " was sent " + call.operation()));
    }
    Caller caller = call.caller();
    try {
      return handler.handle(caller, call.request());
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }
}
