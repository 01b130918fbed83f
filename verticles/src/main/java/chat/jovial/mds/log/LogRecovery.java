package chat.jovial.mds.log;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.HiddenRange;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.contract.mss.ReadTail;
import chat.jovial.contract.mss.RecentSend;
import chat.jovial.contract.mss.WriteGroup;
import chat.jovial.mds.idempotency.ClientIds;
import chat.jovial.mds.idempotency.RecentSends;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Recovery of a log by a new owner: reads its end and, unless this term wrote it, completes it. A
 * change of owner, a restart, a crashed actor and a poisoned write are this one path.
 *
 * <p>The log ends with the last entry before the first gap. What the previous owner saw committed
 * is at a quorum, so a quorum read shows it, and everything up to the {@code
 * committedSeqWhenWritten} of the newest entry is committed. Beyond, entries may be from a group
 * that only some replicas have. Those before the gap are kept and written again at this term's
 * timestamp, which puts them at a quorum; those after it are removed by a range tombstone one
 * microsecond older, which also catches what the previous owner's writes bring later.
 *
 * <p>An uncertain entry whose body is missing without a cause counts as a gap. Entries and bodies
 * are read one after the other, perhaps from different replicas, so a group that one replica has
 * can show its entry and not its body; to keep such an entry would say of a message without its
 * text that it is stored. A group that was committed shows both, so nothing acknowledged is lost. A
 * body that was removed or has expired has left its row for this very reason; a redaction has none
 * by nature, or one that is in the row of its entry too, so that a range is kept as a whole or not
 * at all.
 */
final class LogRecovery {
  /** Sends read back: what a generation of the memory holds. */
  private static final int MAX_SENDS = RecentSends.MAX_IN_GENERATION;

  private final LogContext context;

  LogRecovery(LogContext context) {
    this.context = context;
  }

  Future<LogTail> read(Instant now) {
    return context
        .reads()
        .readTail(new ReadTail(context.conversationId(), now.minus(RecentSends.WINDOW), MAX_SENDS));
  }

  Future<RecoveredLog> recover(LogTail found, Instant now) {
    List<Entry> kept = kept(found);
    long committedSeq = found.committedSeqWhenWritten() + kept.size();
    List<HiddenRange> hidden = found.hidden() == null ? List.of() : found.hidden();
    RecoveredLog recovered =
        new RecoveredLog(
            committedSeq, found.bucket(), found.lastStoredAt(), recentSends(found, kept), hidden);
    return found.newestEpoch() == context.term().writeTimestamp()
        ? Future.succeededFuture(recovered)
        : complete(found, kept, committedSeq, now)
            .compose(written -> new RedactionReplay(context).replay(kept, now))
            .map(recovered);
  }

  /** The uncertain entries up to the first gap. */
  private static List<Entry> kept(LogTail found) {
    int count = 0;
    for (Entry entry : found.uncertain()) {
      if (entry.seq() != found.committedSeqWhenWritten() + count + 1 || lacksBody(entry)) {
        break;
      }
      count++;
    }
    return found.uncertain().subList(0, count);
  }

  private static boolean lacksBody(Entry entry) {
    return entry.body() == null && entry.removed() == null && !entry.isOf(Kind.REDACTION);
  }

  private Future<Void> complete(LogTail found, List<Entry> kept, long committedSeq, Instant now) {
    long bucket = committedSeq == 0 ? 0 : Buckets.of(committedSeq);
    boolean isNew = found.bucket() < 0;
    Future<Void> first =
        context
            .writes()
            .writeGroup(
                new WriteGroup(
                    context.conversationId(),
                    bucket,
                    context.term().writeTimestamp(),
                    found.committedSeqWhenWritten(),
                    isNew ? now : found.lastStoredAt(),
                    false,
                    committedSeq + 1,
                    kept));
    // At a boundary the previous owner may have gone on in the next bucket: both fences are needed.
    boolean atBoundary = committedSeq == Buckets.lastSeq(bucket) || found.bucket() > bucket;
    return atBoundary
        ? first.compose(
            fenced ->
                context
                    .writes()
                    .writeGroup(
                        new WriteGroup(
                            context.conversationId(),
                            bucket + 1,
                            context.term().writeTimestamp(),
                            committedSeq,
                            found.lastStoredAt(),
                            false,
                            Buckets.firstSeq(bucket + 1),
                            List.of())))
        : first;
  }

  private static RecentSends recentSends(LogTail found, List<Entry> kept) {
    RecentSends recent = new RecentSends(found.sendsFrom());
    for (RecentSend send : found.sends()) {
      remember(recent, send.senderId(), send.clientId(), send.seq(), send.storedAt());
    }
    for (Entry entry : kept) {
      remember(recent, entry.senderId(), entry.clientId(), entry.seq(), entry.storedAt());
    }
    return recent;
  }

  static void remember(
      RecentSends recent, String senderId, String clientId, long seq, Instant storedAt) {
    UUID uuid = ClientIds.asVersion7(clientId);
    if (uuid != null) {
      recent.add(senderId, uuid, seq, storedAt);
    }
  }
}
