package chat.jovial.bus;

import chat.jovial.contract.Access;
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
 * Table of a service's handlers by operation, which answers its bus messages. Filled before it is
 * used, then read only. The edge never forwards an operation of services for a client; a caller
 * that is no service is refused here all the same, for all services.
 */
public final class OperationHandlers {
  private static final Logger LOG = LoggerFactory.getLogger(OperationHandlers.class);

  private final Service service;
  private final FailureMapper failures;
  private final Map<String, OperationHandler<Request, Reply>> handlers = new HashMap<>();

  public OperationHandlers(Service service) {
    this(service, FailureMapper.NONE);
  }

  /**
   * @param failures maps what the handlers fail with
   */
  public OperationHandlers(Service service, FailureMapper failures) {
    this.service = service;
    this.failures = failures;
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
              Throwable mapped = failures.map(failure);
              JovialException error = JovialException.of(mapped);
              if (error != mapped) {
                LOG.error("{} failed", call.operation(), mapped);
              }
              message.reply(error);
            });
  }

  private Future<? extends Reply> answer(Call call) {
    OperationHandler<Request, Reply> handler = handlers.get(call.operation().name());
    if (handler == null) {
      return Future.failedFuture(
          new IllegalStateException(service + " was sent " + call.operation()));
    }
    Caller caller = call.caller();
    if (call.operation().access() == Access.SERVICE && caller.access() != Access.SERVICE) {
      return Future.failedFuture(
          JovialException.forbidden(call.operation() + " is for services only"));
    }
    try {
      return handler.handle(caller, call.request());
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }
}
