package chat.jovial.mds;

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
 * Marks again what the redactions remove that an activation has kept. Their marks bear a timestamp
 * of the owner who wrote them. An owner in between, lost before it had settled, may have read a
 * body before it was marked and may have sent it again with a timestamp of its own, which beats
 * that mark whenever it arrives. The new owner's mark beats both. (Found by {@code
 * LogSimulationTest}.)
 */
final class KeptRedactions {
  /** An owner in between sends again at most what it found beyond the base. */
  private static final int MAX_SENT_AGAIN = 1024;

  private final String conversationId;
  private final LogStore store;
  private final Persistence persistence;
  private final Tenure tenure;

  KeptRedactions(String conversationId, LogStore store, Persistence persistence, Tenure tenure) {
    this.conversationId = conversationId;
    this.store = store;
    this.persistence = persistence;
    this.tenure = tenure;
  }

  /** Succeeds when every mark is acknowledged; until then none of the entries may be told. */
  Future<Void> markAgain(List<Entry> kept, Instant now) {
    Future<Void> all = Future.succeededFuture();
    for (Entry entry : kept) {
      Long target = entry.target();
      if (entry.isOf(Kind.REDACTION) && target != null) {
        RedactedRange range = RedactedRange.of(entry);
        all = all.compose(before -> range == null ? one(target, now) : range(range, now));
      }
    }
    return all;
  }

  private Future<Void> one(long target, Instant now) {
    return store
        .readTarget(new ReadTarget(conversationId, target, true))
        .compose(
            found -> {
              List<Long> seqs = new ArrayList<>(found.edits());
              seqs.add(target);
              return persistence.removeBodies(
                  new RemoveBodies(
                      conversationId, seqs, Removal.REDACTED, tenure.timestampOfRemoval(now)),
                  tenure);
            });
  }

  private Future<Void> range(RedactedRange range, Instant now) {
    return step(
        Math.max(range.from(), range.upto() - MAX_SENT_AGAIN),
        range.upto(),
        tenure.timestampOfRemoval(now));
  }

  private Future<Void> step(long from, long upto, long timestamp) {
    if (from > upto) {
      return Future.succeededFuture();
    }
    Future<RangeRemoved> removed =
        persistence.removeRange(
            new RemoveRange(conversationId, from, upto, Removal.DELETED, timestamp), tenure);
    return removed.compose(done -> step(done.next(), upto, timestamp));
  }
}
