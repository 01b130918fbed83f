package chat.jovial.mds.log;

import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Stored;
import chat.jovial.mds.idempotency.ClientIds;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A send that is not complete yet: a message, edit, redaction or reaction. Tells its queue when it
 * is ready. Confined to the event loop of its log.
 */
final class PendingSend {
  /** Who sent under which id: what makes two sends the same one. */
  record Key(String senderId, String clientId) {}

  private final Draft draft;
  private final Key key;
  private final @Nullable UUID uuid;
  private final Instant arrivedAt;
  private final int bytes;
  private final Promise<Entry> committed = Promise.promise();
  private final Runnable onReady;
  private boolean ready;
  private List<Long> removedSeqs = List.of();
  private @Nullable Instant inheritedExpiry;

  /**
   * @param bytes of the body, which the caller has counted already
   * @param onReady called when it is ready to be appended
   */
  PendingSend(Draft draft, int bytes, Instant arrivedAt, Runnable onReady) {
    this.draft = draft;
    this.key = new Key(draft.caller().requireUser(), draft.clientId());
    this.uuid = ClientIds.asVersion7(draft.clientId());
    this.bytes = bytes;
    this.arrivedAt = arrivedAt;
    this.onReady = onReady;
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

  /** The entry that it became; completes only when the entry is committed. */
  Future<Entry> committed() {
    return committed.future();
  }

  boolean isComplete() {
    return committed.future().isComplete();
  }

  void complete(Entry entry) {
    committed.tryComplete(entry);
  }

  void fail(Throwable failure) {
    committed.tryFail(failure);
  }

  /** Known to be new and allowed: it may get a seq. */
  boolean isReady() {
    return ready;
  }

  void markReady() {
    ready = true;
    onReady.run();
  }

  /** An edit is ready; its body goes away when the message's does. */
  void markReady(@Nullable Instant expiresAt) {
    inheritedExpiry = expiresAt;
    markReady();
  }

  /** A redaction is ready; the entries with these seqs lose their bodies first. */
  void markReady(List<Long> losingTheirBodies) {
    removedSeqs = List.copyOf(losingTheirBodies);
    markReady();
  }

  List<Long> removedSeqs() {
    return removedSeqs;
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
    return draft.isSameAs(stored)
        ? Future.succeededFuture(reply(stored, true))
        : Future.failedFuture(
            JovialException.conflict(
                "client_id " + key.clientId() + " was used for something else"));
  }

  /** When the sender made it, as far as the id says and its clock can be trusted. */
  private Instant sentAt() {
    if (uuid == null) {
      return arrivedAt;
    }
    Instant made = ClientIds.timeOf(uuid);
    return made.isBefore(arrivedAt) ? made : arrivedAt;
  }
}
