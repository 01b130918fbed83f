package chat.jovial.client.log;

import chat.jovial.client.store.ConversationRecord;
import chat.jovial.client.store.ConversationRecord.Watermark;
import chat.jovial.client.store.Range;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * State of one conversation on this device. The numbers mean:
 *
 * <pre>
 *   1 ........ base ........ upto ........ lastSeq
 *     history,      all held,     a gap, or not
 *     on demand     shown once    come yet
 * </pre>
 *
 * Only {@code upto} is acknowledged as delivered. Confined to the executor.
 */
final class ConversationState {
  final String id;
  final Map<String, Watermark> members = new LinkedHashMap<>();
  final List<Range> deleted = new ArrayList<>();
  @Nullable String userId;
  final long base;
  long upto;
  long lastSeq;
  @Nullable Instant lastStoredAt;
  long readUpto;
  int unread;
  long unreadAt;
  Watermark acked = Watermark.NONE;

  /** The highest entry of somebody else up to {@link #upto}; at a start, upto itself. */
  long othersUpto;

  /** The highest entry held, beyond a gap or not; at a start, what is known to exist. */
  long highestHeld;

  boolean ackInFlight;
  boolean filling;

  ConversationState(String id, @Nullable String userId, long base) {
    this.id = id;
    this.userId = userId;
    this.base = base;
    this.upto = base;
    this.lastSeq = base;
    this.unreadAt = base;
    this.highestHeld = base;
  }

  ConversationState(ConversationRecord record) {
    this(record.conversationId(), record.userId(), record.base());
    upto = record.upto();
    lastSeq = record.lastSeq();
    lastStoredAt = record.lastStoredAt();
    readUpto = record.readUpto();
    unread = record.unread();
    unreadAt = record.unreadAt();
    acked = record.acked();
    members.putAll(record.members());
    deleted.addAll(record.deleted());
    othersUpto = upto;
    highestHeld = lastSeq;
  }

  ConversationRecord record() {
    return new ConversationRecord(
        id,
        userId,
        base,
        upto,
        lastSeq,
        lastStoredAt,
        readUpto,
        unread,
        unreadAt,
        acked,
        members,
        deleted);
  }

  long lastStoredMillis() {
    return lastStoredAt == null ? 0 : lastStoredAt.toEpochMilli();
  }

  boolean hasGap() {
    return upto < lastSeq;
  }

  /**
   * The receipts that the server should have and has not; null if none. Nothing is told above the
   * first gap: delivered means that this device has everything up to there.
   */
  @Nullable Watermark owed() {
    long read = Math.min(readUpto, upto);
    long delivered = othersUpto > acked.delivered() ? upto : 0;
    boolean owesRead = read > acked.read();
    boolean owesDelivered = delivered > Math.max(acked.delivered(), read);
    return owesRead || owesDelivered
        ? new Watermark(owesDelivered ? delivered : 0, owesRead ? read : 0)
        : null;
  }
}
