package chat.jovial.mds;

import chat.jovial.contract.Caller;
import chat.jovial.contract.mds.Removal;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mss.Deleted;
import chat.jovial.contract.mss.FindTime;
import chat.jovial.contract.mss.RemoveRange;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Removes the bodies of all messages and edits of a log from a time on, up to the end at that
 * moment, step by step, and then appends the redaction that tells of it. When it ends in between,
 * what was marked stays marked; done again it does the rest and appends the redaction, also when
 * nothing was left to mark.
 */
final class RangeRemoval {
  private final String conversationId;
  private final Tenure tenure;
  private final LogStore store;
  private final Persistence persistence;
  private final BooleanSupplier isOwner;
  private final Function<Draft, Future<Stored>> append;

  /**
   * @param isOwner whether the log may go on with it
   * @param append takes the redaction in
   */
  RangeRemoval(
      String conversationId,
      Tenure tenure,
      LogStore store,
      Persistence persistence,
      BooleanSupplier isOwner,
      Function<Draft, Future<Stored>> append) {
    this.conversationId = conversationId;
    this.tenure = tenure;
    this.store = store;
    this.persistence = persistence;
    this.isOwner = isOwner;
    this.append = append;
  }

  /** How far a removal has come. */
  private record Progress(long next, long messages, long lastRemoved) {}

  /**
   * @param end the acknowledged end; no edit of anything up to it is under way
   */
  Future<Deleted> run(Caller caller, Instant from, long end, Instant now) {
    return store
        .findTime(new FindTime(conversationId, from, end))
        .compose(
            first ->
                step(new Progress(first, 0, 0), end, tenure.timestampOfRemoval(now))
                    .compose(
                        done ->
                            done.lastRemoved() == 0
                                ? Future.succeededFuture(new Deleted(0))
                                : append
                                    .apply(Draft.ofRange(caller, newId(now, end), first, end))
                                    .map(new Deleted(done.messages()))));
  }

  private Future<Progress> step(Progress progress, long end, long timestamp) {
    if (progress.next() > end) {
      return Future.succeededFuture(progress);
    }
    if (!isOwner.getAsBoolean()) {
      return Future.failedFuture(Tenure.notOwner());
    }
    return persistence
        .removeRange(
            new RemoveRange(conversationId, progress.next(), end, Removal.DELETED, timestamp),
            tenure)
        .compose(
            removed ->
                step(
                    new Progress(
                        removed.next(),
                        progress.messages() + removed.messages(),
                        Math.max(progress.lastRemoved(), removed.lastRemoved())),
                    end,
                    timestamp));
  }

  /** Of this tenure and this end, which no other removal of the log has in common. */
  private String newId(Instant now, long end) {
    return new TimeBasedEpochGenerator(new Random(tenure.epoch() + end))
        .construct(now.toEpochMilli())
        .toString();
  }
}
