package chat.jovial.mds;

import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Stored;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was taken in and is not settled yet: a message, edit, redaction or reaction.
 * Confined to the event loop of its log.
 */
final class PendingSend {
  /** Who sent under which id: what makes two sends the same one. */
  record Key(String senderId, String clientId) {}

  private final Draft draft;
  private final Key key;
  private final @Nullable UUID uuid;
  private final Instant arrivedAt;
  private final int bytes;
  private final Promise<Entry> settled = Promise.promise();
  private boolean ready;
  private List<Long> removes = List.of();
  private @Nullable Instant inheritedExpiry;

  /**
   * @param bytes of the body, which the caller has counted already
   */
  PendingSend(Draft draft, int bytes, Instant arrivedAt) {
    this.draft = draft;
    this.key = new Key(draft.caller().requireUser(), draft.clientId());
    this.uuid = ClientIds.asVersion7(draft.clientId());
    this.bytes = bytes;
    this.arrivedAt = arrivedAt;
  }

  Draft draft() {
    return draft;
  }

  Key key() {
    return key;
  }

  /** The client id, if it is a UUID of version 7. */
  @Nullable UUID uuid() {
    return uuid;
  }

  int bytes() {
    return bytes;
  }

  /** The entry that it became, told only when it may be told. */
  Future<Entry> settled() {
    return settled.future();
  }

  boolean isSettled() {
    return settled.future().isComplete();
  }

  void settle(Entry entry) {
    settled.tryComplete(entry);
  }

  void fail(Throwable failure) {
    settled.tryFail(failure);
  }

  /** Known to be new and allowed: it may get a seq. */
  boolean isReady() {
    return ready;
  }

  void markReady() {
    ready = true;
  }

  /** An edit is ready; its body goes away when the message's does. */
  void markReady(@Nullable Instant expiresAt) {
    inheritedExpiry = expiresAt;
    ready = true;
  }

  /** A redaction is ready; the entries with these seqs lose their bodies first. */
  void markReady(List<Long> losingTheirBodies) {
    removes = List.copyOf(losingTheirBodies);
    ready = true;
  }

  List<Long> removes() {
    return removes;
  }

  Entry toEntry(String conversationId, long seq, Instant storedAt) {
    Long expiresIn = draft.expiresIn();
    return new Entry(
        conversationId,
        seq,
        key.senderId(),
        Ids.peer(conversationId, key.senderId()),
        draft.caller().requireDevice(),
        key.clientId(),
        sentAt(),
        storedAt,
        draft.kind(),
        draft.body(),
        draft.replyTo(),
        expiresIn == null ? inheritedExpiry : storedAt.plusSeconds(expiresIn),
        draft.target(),
        null);
  }

  Stored reply(Entry entry, boolean duplicate) {
    return new Stored(
        entry.conversationId(),
        entry.seq(),
        entry.clientId(),
        entry.storedAt(),
        duplicate ? true : null);
  }

  /** The reply to a send whose id was stored before, if it says the same; else it is refused. */
  Future<Stored> replyToDuplicate(Entry stored) {
    return draft.isSaidBy(stored)
        ? Future.succeededFuture(reply(stored, true))
        : Future.failedFuture(
            JovialException.conflict(
                "client_id " + key.clientId() + " was used for something else"));
  }

  /** When the sender made it, as far as the id tells and its clock can be believed. */
  private Instant sentAt() {
    if (uuid == null) {
      return arrivedAt;
    }
    Instant made = ClientIds.timeOf(uuid);
    return made.isBefore(arrivedAt) ? made : arrivedAt;
  }
}
