package chat.jovial.mds.log;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.RedactedRange;
import chat.jovial.contract.mds.Removal;
import chat.jovial.contract.mss.RangeRemoved;
import chat.jovial.contract.mss.ReadTarget;
import chat.jovial.contract.mss.RemoveBodies;
import chat.jovial.contract.mss.RemoveRange;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Re-applies the tombstones of redactions that recovery has kept. They have the timestamp of the
 * owner who wrote them. An owner in between, lost before its recovery was complete, may have read a
 * body before its tombstone and may have written it again with its own timestamp, which beats that
 * tombstone whenever it arrives. The new owner's tombstone beats both. (Found by {@code
 * LogSimulationTest}.)
 */
final class RedactionReplay {
  /** An owner in between writes again at most what it found uncertain. */
  private static final int MAX_WRITTEN_AGAIN = 1024;

  private final LogContext context;

  RedactionReplay(LogContext context) {
    this.context = context;
  }

  /** Succeeds when every tombstone is acknowledged; none of the entries may be shown before. */
  Future<Void> replay(List<Entry> kept, Instant now) {
    Future<Void> all = Future.succeededFuture();
    for (Entry entry : kept) {
      Long target = entry.target();
      if (entry.isOf(Kind.REDACTION) && target != null) {
        RedactedRange range = RedactedRange.of(entry);
        all =
            all.compose(before -> range == null ? redactOne(target, now) : redactRange(range, now));
      }
    }
    return all;
  }

  private Future<Void> redactOne(long target, Instant now) {
    return context
        .reads()
        .readTarget(new ReadTarget(context.conversationId(), target, true, null))
        .compose(
            found -> {
              List<Long> seqs = new ArrayList<>(found.edits());
              seqs.add(target);
              return context
                  .writes()
                  .removeBodies(
                      new RemoveBodies(
                          context.conversationId(),
                          seqs,
                          Removal.REDACTED,
                          context.term().timestampOfRemoval(now)));
            });
  }

  private Future<Void> redactRange(RedactedRange range, Instant now) {
    return redactStep(
        Math.max(range.from(), range.upto() - MAX_WRITTEN_AGAIN),
        range.upto(),
        context.term().timestampOfRemoval(now));
  }

  private Future<Void> redactStep(long from, long upto, long timestamp) {
    if (from > upto) {
      return Future.succeededFuture();
    }
    Future<RangeRemoved> removed =
        context
            .writes()
            .removeRange(
                new RemoveRange(context.conversationId(), from, upto, Removal.DELETED, timestamp));
    return removed.compose(done -> redactStep(done.next(), upto, timestamp));
  }
}
