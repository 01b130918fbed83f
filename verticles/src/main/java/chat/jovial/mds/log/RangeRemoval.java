package chat.jovial.mds.log;

import chat.jovial.contract.Caller;
import chat.jovial.contract.mds.Removal;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mss.CountRange;
import chat.jovial.contract.mss.Deleted;
import chat.jovial.contract.mss.FindTime;
import chat.jovial.contract.mss.HiddenRange;
import chat.jovial.contract.mss.HideRange;
import chat.jovial.contract.mss.RemoveRange;
import chat.jovial.mds.store.OwnershipTerm;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removal of the bodies of all messages and edits of a log from a time on, up to the committed seq
 * at that moment.
 *
 * <p>As with any redaction, their tombstones are written before the redaction that announces it is
 * appended and the caller is answered; step by step, so what was written stays when the owner ends
 * in between, and the same call again does the rest.
 *
 * <p>A long range would take longer than a caller waits. It is hidden first: a few writes, however
 * long it is, after which no reader shows a text of it, as if each had its tombstone. Then the
 * redaction is appended and the caller answered, then the tombstones are written, and the range is
 * hidden no longer. An owner who ends in between leaves the range hidden; the next one finds it
 * recorded and writes the tombstones, from the beginning, for those of a previous owner may be
 * older than a text (see {@link RedactionReplay}). Where the redaction was not appended, nobody was
 * answered; called again it is. (See the ADR on the deletion of long ranges.)
 */
final class RangeRemoval {
  private static final Logger LOG = LoggerFactory.getLogger(RangeRemoval.class);

  private final LogContext context;
  private final LogAppender appender;
  private boolean running;

  RangeRemoval(LogContext context, LogAppender appender) {
    this.context = context;
    this.appender = appender;
  }

  /** Whether texts of a hidden range are still being removed. */
  boolean isRunning() {
    return running;
  }

  /**
   * Succeeds when no reader shows anything of the range any more.
   *
   * @param end the committed seq; no edit of anything up to it is in progress
   */
  Future<Deleted> run(Caller caller, Instant from, long end) {
    return context
        .reads()
        .findTime(new FindTime(context.conversationId(), from, end))
        .compose(first -> run(caller, first, end));
  }

  private Future<Deleted> run(Caller caller, long first, long end) {
    return context
        .reads()
        .countRange(new CountRange(context.conversationId(), first, end))
        .compose(
            count -> {
              if (!count.any()) {
                return Future.succeededFuture(new Deleted(0));
              }
              if (!appender.isOpen()) {
                return Future.failedFuture(OwnershipTerm.notOwner());
              }
              Instant now = context.clock().instant();
              String id = newId(now, end);
              Draft redaction = Draft.ofRange(caller, id, first, end);
              Future<Stored> published =
                  end - first < context.limits().maxRemovedAtOnce()
                      ? removeStep(first, end, context.term().timestampOfRemoval(now))
                          .compose(removed -> appender.append(redaction))
                      : hide(new HiddenRange(first, end, id), redaction);
              return published.map(new Deleted(count.messages()));
            });
  }

  private Future<Stored> hide(HiddenRange range, Draft redaction) {
    return context
        .writes()
        .hideRange(HideRange.begin(context.conversationId(), range, epoch()))
        .compose(hidden -> appender.append(redaction))
        .onSuccess(published -> finish(List.of(range)));
  }

  /** Removes what is left of ranges that are hidden, in the background. */
  void finish(List<HiddenRange> ranges) {
    running = true;
    Future<Void> all = Future.succeededFuture();
    for (HiddenRange range : ranges) {
      all = all.compose(before -> remove(range));
    }
    all.onComplete(done -> running = false)
        .onFailure(
            failure ->
                LOG.debug("Texts that are hidden are left to the next owner to remove", failure));
  }

  private Future<Void> remove(HiddenRange range) {
    Instant now = context.clock().instant();
    return removeStep(range.from(), range.upto(), context.term().timestampOfRemoval(now))
        .compose(
            removed ->
                appender.isOpen()
                    ? context
                        .writes()
                        .hideRange(HideRange.end(context.conversationId(), range, epoch()))
                    : Future.failedFuture(OwnershipTerm.notOwner()));
  }

  private Future<Void> removeStep(long next, long end, long timestamp) {
    if (next > end) {
      return Future.succeededFuture();
    }
    if (!appender.isOpen()) {
      return Future.failedFuture(OwnershipTerm.notOwner());
    }
    return context
        .writes()
        .removeRange(
            new RemoveRange(context.conversationId(), next, end, Removal.DELETED, timestamp))
        .compose(removed -> removeStep(removed.next(), end, timestamp));
  }

  private long epoch() {
    return context.term().writeTimestamp();
  }

  /** Of this term and this end, which no other removal of the log has in common. */
  private String newId(Instant now, long end) {
    return new TimeBasedEpochGenerator(new Random(epoch() + end))
        .construct(now.toEpochMilli())
        .toString();
  }
}
