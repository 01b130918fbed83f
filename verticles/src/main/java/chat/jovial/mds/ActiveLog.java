package chat.jovial.mds;

import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Ack;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mss.Deleted;
import chat.jovial.mds.Activation.Settled;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

/**
 * A log that is settled, and what works on it: who may append, the appending, the receipts. Made by
 * {@link ConversationLog} and confined to its event loop.
 */
final class ActiveLog {
  private final Tenure tenure;
  private final Clock clock;
  private final SendQueue queue;
  private final LogAppender appender;
  private final Admission admission;
  private final Watermarks watermarks;
  private final RangeRemoval removal;
  private boolean closed;

  /**
   * @param onLost told when it cannot go on because a group was neither stored nor not
   */
  ActiveLog(
      String conversationId,
      Tenure tenure,
      LogStore store,
      Persistence persistence,
      Teller teller,
      MdsConfig config,
      Clock clock,
      SendQueue queue,
      Settled settled,
      Consumer<Throwable> onLost) {
    this.tenure = tenure;
    this.clock = clock;
    this.queue = queue;
    this.appender =
        new LogAppender(conversationId, tenure, persistence, teller, clock, queue, settled, onLost);
    this.admission = new Admission(conversationId, store, appender, clock);
    this.watermarks =
        new Watermarks(conversationId, tenure, store, persistence, teller, clock, appender::touch);
    this.removal =
        new RangeRemoval(
            conversationId,
            config.maxRemovedAtOnce(),
            tenure,
            store,
            persistence,
            clock,
            this::goesOn,
            this::appendRemoval);
    if (!settled.hidden().isEmpty()) {
      removal.finish(settled.hidden());
    }
  }

  boolean isQuiet() {
    return !appender.isWriting() && !admission.isRemoving() && watermarks.isQuiet();
  }

  /** Whether it does something for itself that the next owner would begin anew. */
  boolean isRemoving() {
    return removal.isRunning();
  }

  /** The acknowledged end. */
  long end() {
    return appender.tail();
  }

  /** Decides on sends that wait in the queue, in their order, and writes what is ready. */
  void admit(List<PendingSend> sends) {
    sends.forEach(admission::admit);
    appender.writeNext();
  }

  Future<Void> acknowledge(String userId, Ack ack) {
    long delivered = ack.deliveredUpto() == null ? 0 : ack.deliveredUpto();
    long read = ack.readUpto() == null ? 0 : ack.readUpto();
    return Math.max(delivered, read) > end()
        ? Future.failedFuture(aboveEnd(ack, end()))
        : watermarks.raise(userId, delivered, read);
  }

  static JovialException aboveEnd(Ack ack, long end) {
    boolean read = ack.readUpto() != null && ack.readUpto() > end;
    return JovialException.invalid(
        (read ? "read_upto" : "delivered_upto") + " is above " + end + ", the conversation's end");
  }

  Future<Deleted> deleteFrom(Caller caller, Instant from) {
    if (admission.isRemoving() || removal.isRunning()) {
      return Future.failedFuture(Admission.removing());
    }
    return admission
        .beginRemoval()
        .compose(begun -> removal.run(caller, from, end()))
        .onComplete(done -> admission.endRemoval());
  }

  private boolean goesOn() {
    return !closed && tenure.lasts();
  }

  /** Nobody else knows its id, and what it says is done: there is nothing to decide. */
  private Future<Stored> appendRemoval(Draft draft) {
    if (!goesOn()) {
      return Future.failedFuture(Tenure.notOwner());
    }
    PendingSend pending =
        new PendingSend(draft, draft.bytes(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    pending.markReady();
    queue.add(pending);
    appender.writeNext();
    return pending.settled().map(entry -> pending.reply(entry, false));
  }

  void close(Throwable failure) {
    closed = true;
    appender.close();
    watermarks.close(failure);
  }
}
