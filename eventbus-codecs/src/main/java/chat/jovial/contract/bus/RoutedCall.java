package chat.jovial.contract.bus;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.Reply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.internal.ContextInternal;

/**
 * One call on its way to the owner of a shard, however often it has to be sent.
 *
 * @param number its place among the calls for this shard
 * @param repeatable whether it may be sent again although it may have been done
 * @param deadlineNanos of {@link System#nanoTime}
 * @param promise completes on the context of who calls
 */
record RoutedCall(
    long number, Call call, boolean repeatable, long deadlineNanos, Promise<Reply> promise)
    implements Comparable<RoutedCall> {

  static RoutedCall of(long number, Call call, boolean repeatable, long timeoutNanos) {
    Context context = Vertx.currentContext();
    Promise<Reply> promise =
        context == null ? Promise.promise() : ((ContextInternal) context).promise();
    return new RoutedCall(number, call, repeatable, System.nanoTime() + timeoutNanos, promise);
  }

  Future<Reply> outcome() {
    return promise.future();
  }

  long nanosLeft() {
    return deadlineNanos - System.nanoTime();
  }

  /** Whether a failure says that another node, or the same one later, should be asked. */
  boolean mayBeSentAgain(Throwable failure) {
    if (failure instanceof JovialException refusal) {
      return refusal.isNotOwner() && (repeatable || refusal.isNothingDone());
    }
    boolean answered =
        failure instanceof ReplyException reply
            && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE;
    return repeatable && !answered;
  }

  @Override
  public int compareTo(RoutedCall other) {
    return Long.compare(number, other.number);
  }
}
