package chat.jovial.mds;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.HiddenRange;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.contract.mss.ReadTail;
import chat.jovial.contract.mss.RecentSend;
import chat.jovial.contract.mss.WriteGroup;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Takes a log over: reads its end and, unless this tenure wrote it, settles it. Takeover, restart,
 * a crashed actor and a poisoned write are this one path.
 *
 * <p>The tail is the last entry before the first gap. What the former owner was told to be
 * acknowledged is at a quorum, so a quorum read shows it, and everything up to the {@code base} of
 * the newest entry is acknowledged. Beyond, entries may be from a group that only some replicas
 * have. Those before the gap are kept and written again at this tenure's timestamp, which puts them
 * at a quorum; those after it are removed by a range tombstone one microsecond older, which also
 * catches what of the former owner's writes is still on its way.
 *
 * <p>An entry beyond the base whose body is missing without a cause counts as a gap. Entries and
 * bodies are read one after the other, perhaps from different replicas, so a group that one replica
 * has can show its entry and not its body; to keep such an entry would tell a sender that a message
 * without its text is stored. A group that was acknowledged shows both, so nothing told is lost. A
 * body that was removed or has expired has left its row for this very reason; a redaction has none
 * by nature, or one that is in the row of its entry too, so that a range is kept as a whole or not
 * at all.
 */
final class Activation {
  /** Sends read back: what a generation of the memory holds. */
  private static final int MAX_SENDS = RecentSends.MAX_IN_GENERATION;

  private final String conversationId;
  private final LogStore store;
  private final Persistence persistence;
  private final Tenure tenure;

  Activation(String conversationId, LogStore store, Persistence persistence, Tenure tenure) {
    this.conversationId = conversationId;
    this.store = store;
    this.persistence = persistence;
    this.tenure = tenure;
  }

  /**
   * A log as its owner starts with it.
   *
   * @param tail the acknowledged end
   * @param hidden ranges in which texts may be left
   * @param bucket the newest bucket with an index row; -1 if there is none
   */
  record Settled(
      long tail, long bucket, Instant lastStoredAt, RecentSends recent, List<HiddenRange> hidden) {}

  Future<LogTail> read(Instant now) {
    return store.readTail(new ReadTail(conversationId, now.minus(RecentSends.WINDOW), MAX_SENDS));
  }

  Future<Settled> settle(LogTail found, Instant now) {
    List<Entry> kept = kept(found);
    long tail = found.base() + kept.size();
    List<HiddenRange> hidden = found.hidden() == null ? List.of() : found.hidden();
    Settled settled =
        new Settled(tail, found.bucket(), found.lastStoredAt(), recent(found, kept), hidden);
    return found.newestEpoch() == tenure.epoch()
        ? Future.succeededFuture(settled)
        : write(found, kept, tail, now)
            .compose(
                written ->
                    new KeptRedactions(conversationId, store, persistence, tenure)
                        .markAgain(kept, now))
            .map(settled);
  }

  /** The entries beyond the base up to the first gap. */
  private static List<Entry> kept(LogTail found) {
    int count = 0;
    for (Entry entry : found.beyondBase()) {
      if (entry.seq() != found.base() + count + 1 || lacksBody(entry)) {
        break;
      }
      count++;
    }
    return found.beyondBase().subList(0, count);
  }

  private static boolean lacksBody(Entry entry) {
    return entry.body() == null && entry.removed() == null && !entry.isOf(Kind.REDACTION);
  }

  private Future<Void> write(LogTail found, List<Entry> kept, long tail, Instant now) {
    long bucket = tail == 0 ? 0 : Buckets.of(tail);
    boolean fresh = found.bucket() < 0;
    Future<Void> first =
        persistence.write(
            new WriteGroup(
                conversationId,
                bucket,
                tenure.epoch(),
                found.base(),
                fresh ? now : found.lastStoredAt(),
                false,
                tail + 1,
                kept),
            tenure);
    // At a boundary the former owner may have gone on in the next bucket: both fences are needed.
    boolean atBoundary = tail == Buckets.lastSeq(bucket) || found.bucket() > bucket;
    return atBoundary
        ? first.compose(
            fenced ->
                persistence.write(
                    new WriteGroup(
                        conversationId,
                        bucket + 1,
                        tenure.epoch(),
                        tail,
                        found.lastStoredAt(),
                        false,
                        Buckets.firstSeq(bucket + 1),
                        List.of()),
                    tenure))
        : first;
  }

  private static RecentSends recent(LogTail found, List<Entry> kept) {
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
