package chat.jovial.client.log;

import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.files.Transfers;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Outgoing;
import chat.jovial.client.model.Stored;
import chat.jovial.client.store.OutboxItem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sender of what is in the outbox. A request is in the store before it is sent, and stays there
 * until the server has answered; each conversation has one request in flight, so that a failure
 * never changes the order. What may have been sent before is sent with the same {@code client_id},
 * which the server stores once. Confined to the executor.
 */
final class RequestSender implements QueuedFiles.Items {
  /** Requests in flight over all conversations; the server answers 64 of a connection at a time. */
  private static final int MAX_IN_FLIGHT = 32;

  /** While the server says that an id of an earlier attempt is from the future. */
  private static final Duration CLOCK_WAIT = Duration.ofSeconds(30);

  /** An internal error may be of this one request alone; it must not hold up the rest forever. */
  private static final int MAX_INTERNAL_ERRORS = 5;

  /** Follower of what the server has stored. */
  interface Follower {
    void handleStored(OutboxItem item, Stored stored);
  }

  private final SerialExecutor executor;
  private final Requester requester;
  private final Outbox outbox;
  private final Views views;
  private final Listeners listeners;
  private final ServerClock clock;
  private final Follower follower;
  private final QueuedFiles files;
  private int inFlight;

  RequestSender(
      ClientParts parts,
      Requester requester,
      Outbox outbox,
      Views views,
      ServerClock clock,
      Follower follower) {
    this.executor = parts.executor();
    this.requester = requester;
    this.outbox = outbox;
    this.views = views;
    this.listeners = parts.listeners();
    this.clock = clock;
    this.follower = follower;
    Transfers transfers = parts.transfers();
    this.files = new QueuedFiles(transfers, requester, listeners, this);
  }

  /**
   * Queues a request.
   *
   * @param upload the file that must be up before, as the store keeps it; null for none
   * @param outgoing completes as it goes on
   */
  void put(
      String conversationId,
      String operation,
      ObjectNode request,
      @Nullable String upload,
      Outgoing outgoing) {
    String clientId = outgoing.clientId();
    if (outbox.isFull()) {
      outgoing.handleFailed(
          new JovialException(
              "storage", Outbox.MAX_ITEMS + " messages wait to be sent; wait until some are"));
      return;
    }
    if (outbox.find(clientId) != null) {
      outgoing.handleFailed(
          new JovialException("conflict", "this client_id is in the outbox already"));
      return;
    }
    request.put("client_id", clientId);
    OutboxItem item =
        new OutboxItem(
            outbox.nextPosition(),
            clientId,
            conversationId,
            operation,
            request.toString(),
            null,
            upload);
    outbox.add(new QueuedRequest(item, outgoing, false));
    listeners.afterCommit(outgoing::handleQueued);
    emitChange(item);
    if (upload != null) {
      files.handleQueued(item);
    }
    schedule(conversationId);
  }

  /** The app's view of a request, for example since the last start; null if there is none. */
  @Nullable Outgoing outgoing(String clientId) {
    QueuedRequest request = outbox.find(clientId);
    return request == null ? null : request.outgoing;
  }

  /** Sends a refused one again, as the last of its conversation; false if there is none. */
  boolean retry(String clientId) {
    QueuedRequest request = outbox.find(clientId);
    if (request == null || request.item.error() == null) {
      return false;
    }
    OutboxItem old = request.item;
    outbox.remove(request);
    OutboxItem again = old.again(outbox.nextPosition());
    outbox.add(new QueuedRequest(again, new Outgoing(clientId), old.upload() == null));
    emitChange(again);
    schedule(again.conversationId());
    return true;
  }

  /** Drops one that is not in flight; false if there is none, or it is. */
  boolean discard(String clientId) {
    QueuedRequest request = outbox.find(clientId);
    if (request == null || (request.item.error() == null && request.sentBefore)) {
      return false; // The server may have it.
    }
    files.discard(request.item);
    outbox.remove(request);
    request.outgoing.handleFailed(new JovialException("discarded", "it was discarded"));
    schedule(request.item.conversationId());
    return true;
  }

  /** After each opening of the session. */
  void scheduleAll() {
    outbox.queues().forEach(ConversationQueue::resetWait);
    outbox.conversationIds().forEach(this::schedule);
  }

  @Override
  public void schedule(String conversationId) {
    ConversationQueue queue = outbox.queue(conversationId);
    if (queue == null || queue.inFlight || !requester.isOpen() || inFlight >= MAX_IN_FLIGHT) {
      return;
    }
    QueuedRequest next = queue.next();
    if (next == null) {
      return;
    }
    queue.cancelTimer();
    if (next.item.upload() != null) {
      files.begin(next.item);
    } else {
      send(queue, next);
    }
  }

  private void send(ConversationQueue queue, QueuedRequest next) {
    ObjectNode request = (ObjectNode) Json.read(next.item.request());
    if (next.sentBefore) {
      request.put("retry", true);
    }
    boolean first = !next.sentBefore;
    next.sentBefore = true;
    queue.inFlight = true;
    inFlight++;
    var unused =
        requester
            .request(next.item.operation(), request)
            .whenComplete(
                (reply, failure) -> {
                  queue.inFlight = false;
                  inFlight--;
                  if (failure == null) {
                    queue.resetWait();
                    complete(next, reply);
                  } else {
                    handleFailure(queue, next, first, Failures.of(failure));
                  }
                  scheduleOthers(next.item.conversationId());
                });
  }

  /** The same conversation first; then one that had to wait because too many were in flight. */
  private void scheduleOthers(String conversationId) {
    outbox.dropIfEmpty(conversationId);
    scheduleUnlessWaiting(conversationId);
    if (inFlight == MAX_IN_FLIGHT - 1) {
      outbox.conversationIds().forEach(this::scheduleUnlessWaiting);
    }
  }

  private void scheduleUnlessWaiting(String conversationId) {
    ConversationQueue queue = outbox.queue(conversationId);
    if (queue != null && queue.timer == null) {
      schedule(conversationId);
    }
  }

  private void complete(QueuedRequest request, JsonNode reply) {
    if (!outbox.remove(request)) {
      return;
    }
    OutboxItem item = request.item;
    Stored stored =
        new Stored(
            Json.textOr(reply, "conversation_id", item.conversationId()),
            Json.numberOr(reply, "seq", 0),
            item.clientId(),
            Json.time(reply, "stored_at"));
    follower.handleStored(item, stored);
    listeners.afterCommit(() -> request.outgoing.handleStored(stored));
  }

  /** An own entry came from the log: it is stored, though the reply was lost. */
  void handleOwnEntry(String conversationId, long seq, String clientId) {
    ConversationQueue queue = outbox.queue(conversationId);
    if (queue == null) {
      return;
    }
    for (QueuedRequest request : List.copyOf(queue.requests)) {
      if (request.item.clientId().equals(clientId)) {
        Stored stored = new Stored(conversationId, seq, clientId, null);
        outbox.remove(request);
        listeners.afterCommit(() -> request.outgoing.handleStored(stored));
      }
    }
  }

  private void handleFailure(
      ConversationQueue queue, QueuedRequest request, boolean first, JovialException failure) {
    if (outbox.find(request.item.clientId()) != request) {
      return; // Its entry came meanwhile.
    }
    Instant serverTime = failure.serverTime();
    if (failure.isDefinite() && serverTime != null) {
      clock.set(serverTime);
      if (first) {
        rename(request);
      } else {
        // An attempt whose outcome is unknown may have been stored under this id: it must stay.
        retryAfter(queue, request, CLOCK_WAIT);
      }
    } else if (failure.isDefinite()
        || (failure.code().equals("internal") && ++request.internalErrors >= MAX_INTERNAL_ERRORS)) {
      refuse(request, failure);
    } else if (!failure.code().equals(JovialException.OFFLINE)) {
      retryAfter(queue, request, Failures.waitAfter(failure, queue.currentWait()));
      queue.doubleWait();
    }
  }

  private void retryAfter(ConversationQueue queue, QueuedRequest request, Duration wait) {
    queue.timer =
        executor.after(
            wait,
            () -> {
              queue.timer = null;
              schedule(request.item.conversationId());
            });
  }

  private void refuse(QueuedRequest request, JovialException failure) {
    outbox.update(request, request.item.withError(failure.code() + ": " + failure.detail()));
    listeners.afterCommit(() -> request.outgoing.handleFailed(failure));
    emitChange(request.item);
  }

  /** The first attempt was refused for the time in its id, so nothing has that id. */
  private void rename(QueuedRequest request) {
    OutboxItem old = request.item;
    String clientId = clock.newClientId();
    ObjectNode body = (ObjectNode) Json.read(old.request());
    body.put("client_id", clientId);
    outbox.update(
        request,
        new OutboxItem(
            old.position(),
            clientId,
            old.conversationId(),
            old.operation(),
            body.toString(),
            null));
    request.sentBefore = false;
    request.outgoing.handleNewId(clientId);
  }

  boolean pauseUpload(String clientId) {
    return files.pause(clientId);
  }

  boolean resumeUpload(String clientId) {
    return files.resume(clientId);
  }

  @Override
  public @Nullable OutboxItem find(String clientId) {
    QueuedRequest request = outbox.find(clientId);
    return request == null ? null : request.item;
  }

  @Override
  public void replace(OutboxItem item) {
    QueuedRequest request = outbox.find(item.clientId());
    if (request != null) {
      outbox.update(request, item);
    }
  }

  @Override
  public void scheduleAtOnce(String conversationId) {
    ConversationQueue queue = outbox.queue(conversationId);
    if (queue != null) {
      queue.resetWait();
    }
    schedule(conversationId);
  }

  @Override
  public void handleFileFailure(String clientId, JovialException failure) {
    QueuedRequest request = outbox.find(clientId);
    ConversationQueue queue = request == null ? null : outbox.queue(request.item.conversationId());
    if (request != null && queue != null) {
      handleFailure(queue, request, false, failure);
      if (request.item.error() != null) {
        schedule(request.item.conversationId());
      }
    }
  }

  /** When the client is closed: nobody will complete these any more. */
  void close(JovialException reason) {
    files.close();
    for (ConversationQueue queue : outbox.queues()) {
      queue.requests.forEach(request -> request.outgoing.handleClosed(reason));
    }
  }

  private void emitChange(OutboxItem item) {
    listeners.emit(Event.CHANGE, () -> views.queuedMessage(item));
  }
}
