package chat.jovial.mds.log;

import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Ack;
import chat.jovial.contract.mss.Deleted;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * A log that is recovered, and what works on it: who may append, the appending, the receipts. Made
 * by {@link ConversationLog} and confined to its event loop.
 */
final class ActiveLog {
  private final LogAppender appender;
  private final Admission admission;
  private final Watermarks watermarks;
  private final RangeRemoval removal;

  private ActiveLog(
      LogAppender appender, Admission admission, Watermarks watermarks, RangeRemoval removal) {
    this.appender = appender;
    this.admission = admission;
    this.watermarks = watermarks;
    this.removal = removal;
  }

  /**
   * Goes on with a recovered log: decides on the sends that wait in the queue.
   *
   * @param onLost called when it cannot go on because it is not known whether a group was stored
   */
  static ActiveLog start(
      LogContext context, SendQueue queue, RecoveredLog recovered, Consumer<Throwable> onLost) {
    LogAppender appender = new LogAppender(context, queue, recovered, onLost);
    queue.onReady(appender::writeNext);
    ActiveLog log =
        new ActiveLog(
            appender,
            new Admission(context, appender),
            new Watermarks(context, appender::recordActivity),
            new RangeRemoval(context, appender));
    if (!recovered.hidden().isEmpty()) {
      log.removal.finish(recovered.hidden());
    }
    return log;
  }

  boolean isQuiet() {
    return !appender.isWriting() && !admission.isRemoving() && watermarks.isQuiet();
  }

  /** Whether it does something for itself that the next owner would begin again. */
  boolean isRemoving() {
    return removal.isRunning();
  }

  long committedSeq() {
    return appender.committedSeq();
  }

  /** Decides on sends that wait in the queue, in their order. */
  void admit(List<PendingSend> sends) {
    sends.forEach(admission::admit);
  }

  Future<Void> acknowledge(String userId, Ack ack) {
    long delivered = ack.deliveredUpto() == null ? 0 : ack.deliveredUpto();
    long read = ack.readUpto() == null ? 0 : ack.readUpto();
    return Math.max(delivered, read) > committedSeq()
        ? Future.failedFuture(aboveCommitted(ack, committedSeq()))
        : watermarks.raise(userId, delivered, read);
  }

  static JovialException aboveCommitted(Ack ack, long committedSeq) {
    boolean read = ack.readUpto() != null && ack.readUpto() > committedSeq;
    return JovialException.invalid(
        (read ? "read_upto" : "delivered_upto")
            + " is above "
            + committedSeq
            + ", the conversation's end");
  }

  Future<Deleted> deleteFrom(Caller caller, Instant from) {
    if (admission.isRemoving() || removal.isRunning()) {
      return Future.failedFuture(Admission.removing());
    }
    return admission
        .beginRemoval()
        .compose(begun -> removal.run(caller, from, committedSeq()))
        .onComplete(done -> admission.endRemoval());
  }

  void close(Throwable failure) {
    appender.close();
    watermarks.close(failure);
  }
}
