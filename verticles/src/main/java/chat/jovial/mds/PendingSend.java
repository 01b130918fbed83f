package chat.jovial.mds;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.Send;
import chat.jovial.contract.mds.Stored;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A send that was taken in and is not settled yet. Confined to the event loop of its log. */
final class PendingSend {
  /** Who sent under which id: what makes two sends the same one. */
  record Key(String senderId, String clientId) {}

  private final Caller caller;
  private final Send request;
  private final Key key;
  private final @Nullable UUID uuid;
  private final Instant arrivedAt;
  private final int bytes;
  private final Promise<Entry> settled = Promise.promise();
  private boolean ready;

  /**
   * @param bytes of the body, which the caller has counted already
   */
  PendingSend(Caller caller, Send request, String clientId, int bytes, Instant arrivedAt) {
    this.caller = caller;
    this.request = request;
    this.key = new Key(caller.requireUser(), clientId);
    this.uuid = ClientIds.asVersion7(clientId);
    this.bytes = bytes;
    this.arrivedAt = arrivedAt;
  }

  Key key() {
    return key;
  }

  /** The client id, if it is a UUID of version 7. */
  @Nullable UUID uuid() {
    return uuid;
  }

  Caller caller() {
    return caller;
  }

  int bytes() {
    return bytes;
  }

  @Nullable Long replyTo() {
    return request.replyTo();
  }

  /** The entry that the message became, told only when it may be told. */
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

  /** Known to be new: it may get a seq. */
  boolean isReady() {
    return ready;
  }

  void markReady() {
    ready = true;
  }

  Entry toEntry(String conversationId, long seq, Instant storedAt) {
    return new Entry(
        conversationId,
        seq,
        key.senderId(),
        Ids.peer(conversationId, key.senderId()),
        caller.requireDevice(),
        key.clientId(),
        sentAt(),
        storedAt,
        Kind.MESSAGE,
        request.body(),
        request.replyTo(),
        request.expiresIn() == null ? null : storedAt.plusSeconds(request.expiresIn()),
        null,
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
    Body body = stored.body();
    // A body that is gone cannot be compared: it was stored, and that is what counts.
    boolean same =
        stored.kind().equals(Kind.MESSAGE)
            && (body == null || body.equals(request.body()))
            && Objects.equals(stored.replyTo(), request.replyTo());
    return same
        ? Future.succeededFuture(reply(stored, true))
        : Future.failedFuture(
            JovialException.conflict(
                "client_id " + key.clientId() + " was used for another message"));
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
