package chat.jovial.bus;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import io.vertx.core.Future;

/** Handler of one operation. A {@code JovialException} reaches the caller as it is. */
@FunctionalInterface
public interface OperationHandler<Q extends Request, R extends Reply> {
  Future<R> handle(Caller caller, Q request);
}
