package chat.jovial.mds;

import chat.jovial.contract.Caller;
import chat.jovial.contract.mds.Removal;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mss.CountRange;
import chat.jovial.contract.mss.Deleted;
import chat.jovial.contract.mss.FindTime;
import chat.jovial.contract.mss.HiddenRange;
import chat.jovial.contract.mss.HideRange;
import chat.jovial.contract.mss.RemoveRange;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the bodies of all messages and edits of a log from a time on, up to the end at that
 * moment.
 *
 * <p>Like those of any redaction, they are marked before the redaction that tells of it is appended
 * and the caller is answered; step by step, so what was marked stays marked when the owner ends in
 * between, and done again it does the rest.
 *
 * <p>A long range would take longer than a caller waits. It is hidden first: a few writes, however
 * long it is, after which no reader shows a text of it, as if each were marked. Then the redaction
 * is appended and the caller answered, then the bodies are marked, and the range is hidden no
 * longer. An owner who ends in between leaves the range hidden; the next one finds that noted and
 * marks the bodies, from the beginning, for marks of a former owner may be older than a text (see
 * {@link KeptRedactions}). Where the redaction was not appended, nobody was answered; done again it
 * is. (See the ADR on the deletion of long ranges.)
 */
final class RangeRemoval {
  /** Entries marked before the answer, in a fraction of the ten seconds that a call may last. */
  static final int MAX_AT_ONCE = 4096;

  private static final Logger LOG = LoggerFactory.getLogger(RangeRemoval.class);

  private final String conversationId;
  private final int maxAtOnce;
  private final Tenure tenure;
  private final LogStore store;
  private final Persistence persistence;
  private final Clock clock;
  private final BooleanSupplier isOwner;
  private final Function<Draft, Future<Stored>> append;
  private boolean running;

  /**
   * @param maxAtOnce {@link #MAX_AT_ONCE}, or fewer in a test
   * @param isOwner whether the log may go on with it
   * @param append takes the redaction in
   */
  RangeRemoval(
      String conversationId,
      int maxAtOnce,
      Tenure tenure,
      LogStore store,
      Persistence persistence,
      Clock clock,
      BooleanSupplier isOwner,
      Function<Draft, Future<Stored>> append) {
    this.conversationId = conversationId;
    this.maxAtOnce = maxAtOnce;
    this.tenure = tenure;
    this.store = store;
    this.persistence = persistence;
    this.clock = clock;
    this.isOwner = isOwner;
    this.append = append;
  }

  /** Whether texts of a hidden range are still being removed. */
  boolean isRunning() {
    return running;
  }

  /**
   * Succeeds when no reader shows anything of the range any more.
   *
   * @param end the acknowledged end; no edit of anything up to it is under way
   */
  Future<Deleted> run(Caller caller, Instant from, long end) {
    return store
        .findTime(new FindTime(conversationId, from, end))
        .compose(first -> run(caller, first, end));
  }

  private Future<Deleted> run(Caller caller, long first, long end) {
    return store
        .countRange(new CountRange(conversationId, first, end))
        .compose(
            count -> {
              if (!count.any()) {
                return Future.succeededFuture(new Deleted(0));
              }
              if (!isOwner.getAsBoolean()) {
                return Future.failedFuture(Tenure.notOwner());
              }
              Instant now = clock.instant();
              String id = newId(now, end);
              Draft redaction = Draft.ofRange(caller, id, first, end);
              Future<Stored> told =
                  end - first < maxAtOnce
                      ? step(first, end, tenure.timestampOfRemoval(now))
                          .compose(marked -> append.apply(redaction))
                      : hide(new HiddenRange(first, end, id), redaction);
              return told.map(new Deleted(count.messages()));
            });
  }

  private Future<Stored> hide(HiddenRange range, Draft redaction) {
    return persistence
        .hideRange(new HideRange(conversationId, range, tenure.epoch(), false), tenure)
        .compose(hidden -> append.apply(redaction))
        .onSuccess(told -> finish(List.of(range)));
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
    Instant now = clock.instant();
    return step(range.from(), range.upto(), tenure.timestampOfRemoval(now))
        .compose(
            marked ->
                isOwner.getAsBoolean()
                    ? persistence.hideRange(
                        new HideRange(conversationId, range, tenure.epoch(), true), tenure)
                    : Future.failedFuture(Tenure.notOwner()));
  }

  private Future<Void> step(long next, long end, long timestamp) {
    if (next > end) {
      return Future.succeededFuture();
    }
    if (!isOwner.getAsBoolean()) {
      return Future.failedFuture(Tenure.notOwner());
    }
    return persistence
        .removeRange(new RemoveRange(conversationId, next, end, Removal.DELETED, timestamp), tenure)
        .compose(removed -> step(removed.next(), end, timestamp));
  }

  /** Of this tenure and this end, which no other removal of the log has in common. */
  private String newId(Instant now, long end) {
    return new TimeBasedEpochGenerator(new Random(tenure.epoch() + end))
        .construct(now.toEpochMilli())
        .toString();
  }
}
