package chat.jovial.bus;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import io.vertx.core.Future;

/** Does what an operation says. Failing with a {@code JovialException} tells the caller why. */
@FunctionalInterface
public interface OperationHandler<Q extends Request, R extends Reply> {
  Future<R> handle(Caller caller, Q request);
}
