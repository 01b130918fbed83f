package chat.jovial.contract;

import java.util.ArrayList;
import java.util.List;

/** List of the operations of one service, filled while its class is loaded. */
final class OperationList {
  private final Service service;
  private final List<Operation<?, ?>> operations = new ArrayList<>();

  OperationList(Service service) {
    this.service = service;
  }

  /** Declares an operation that clients may call. */
  <Q extends Request, R extends Reply> Operation<Q, R> client(
      String name,
      Access access,
      RateClass rateClass,
      Class<Q> request,
      Class<R> reply,
      String summary) {
    return add(new Operation<>(name, service, access, rateClass, request, reply, summary));
  }

  /** Declares an operation that only other services may call. */
  <Q extends Request, R extends Reply> Operation<Q, R> service(
      String name, Class<Q> request, Class<R> reply) {
    return add(
        new Operation<>(name, service, Access.SERVICE, RateClass.NORMAL, request, reply, ""));
  }

  List<Operation<?, ?>> all() {
    return List.copyOf(operations);
  }

  private <Q extends Request, R extends Reply> Operation<Q, R> add(Operation<Q, R> operation) {
    operations.add(operation);
    return operation;
  }
}
