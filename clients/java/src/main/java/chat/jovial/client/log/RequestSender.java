package chat.jovial.client.log;

import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.executor.Timer;
import chat.jovial.client.files.Transfers;
import chat.jovial.client.json.ClientIds;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Outgoing;
import chat.jovial.client.model.Stored;
import chat.jovial.client.store.OutboxItem;
import chat.jovial.client.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this device wants stored. An item is in the local store before it is sent, and stays there
 * until the server has answered; each conversation has one unsettled request at a time, so that a
 * failure never changes the order. What may have been sent before is sent with the same {@code
 * client_id}, which the server stores once. Confined to the executor.
 */
final class RequestSender implements QueuedFiles.Items {
  /** Items that may wait on a device. A person who writes more has another problem. */
  private static final int MAX_ITEMS = 10_000;

  /** Unsettled requests over all conversations; the server answers 64 of a connection at a time. */
  private static final int MAX_IN_FLIGHT = 32;

  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** While the server says that an id of an earlier attempt is from the future. */
  private static final Duration CLOCK_WAIT = Duration.ofSeconds(30);

  /** An internal error may be of this one request alone; it must not hold up the rest forever. */
  private static final int MAX_INTERNAL_ERRORS = 5;

  /** What follows when the server has stored something. */
  interface Follower {
    void handleStored(OutboxItem item, Stored stored);
  }

  private static final class Waiting {
    OutboxItem item;
    final Outgoing sent;
    boolean sentBefore;
    int internalErrors;

    /**
     * @param sentBefore whether the server may have it: known only of what this process queued
     */
    Waiting(OutboxItem item, Outgoing sent, boolean sentBefore) {
      this.item = item;
      this.sent = sent;
      this.sentBefore = sentBefore;
    }
  }

  /** One conversation's. */
  private static final class Lane {
    final List<Waiting> items = new ArrayList<>();
    boolean inFlight;
    Duration wait = FIRST_WAIT;
    @Nullable Timer timer;

    @Nullable Waiting next() {
      for (Waiting waiting : items) {
        if (waiting.item.error() == null && !QueuedFiles.isPaused(waiting.item)) {
          return waiting;
        }
      }
      return null;
    }
  }

  private final SerialExecutor executor;
  private final Store store;
  private final Requester requester;
  private final Views views;
  private final Listeners listeners;
  private final ServerClock clock;
  private final ClientIds ids;
  private final Follower follower;
  private final QueuedFiles files;
  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  private long lastPosition;
  private int size;
  private int inFlight;

  RequestSender(
      SerialExecutor executor,
      Store store,
      Requester requester,
      Views views,
      Listeners listeners,
      ServerClock clock,
      ClientIds ids,
      Follower follower,
      @Nullable Transfers transfers,
      Supplier<String> userToken) {
    this.executor = executor;
    this.store = store;
    this.requester = requester;
    this.views = views;
    this.listeners = listeners;
    this.clock = clock;
    this.ids = ids;
    this.follower = follower;
    this.files = new QueuedFiles(transfers, userToken, requester, listeners, this);
    for (OutboxItem item : store.outbox()) {
      // A message whose file is not up was never sent.
      add(new Waiting(item, new Outgoing(item.clientId()), item.upload() == null));
    }
  }

  /**
   * Queues a request.
   *
   * @param upload the file that must be up before, as the store keeps it; null for none
   * @param sent tells how it goes on
   */
  void put(
      String conversationId,
      String operation,
      ObjectNode request,
      @Nullable String upload,
      Outgoing sent) {
    if (size >= MAX_ITEMS) {
      sent.handleFailed(
          new JovialException(
              "too_large", MAX_ITEMS + " messages wait to be sent; wait until some are"));
      return;
    }
    if (waiting(sent.clientId()) != null) {
      sent.handleFailed(new JovialException("conflict", "this client_id is in the outbox already"));
      return;
    }
    request.put("client_id", sent.clientId());
    OutboxItem item =
        new OutboxItem(
            ++lastPosition,
            sent.clientId(),
            conversationId,
            operation,
            request.toString(),
            null,
            upload);
    store.putOutbox(item);
    add(new Waiting(item, sent, false));
    listeners.afterCommit(sent::handleQueued);
    tellChanged(item);
    if (upload != null) {
      files.handleQueued(item);
    }
    pump(conversationId);
  }

  private void add(Waiting waiting) {
    lanes.computeIfAbsent(waiting.item.conversationId(), id -> new Lane()).items.add(waiting);
    lastPosition = Math.max(lastPosition, waiting.item.position());
    size++;
  }

  List<OutboxItem> itemsOf(String conversationId) {
    Lane lane = lanes.get(conversationId);
    return lane == null ? List.of() : lane.items.stream().map(waiting -> waiting.item).toList();
  }

  List<String> conversationIds() {
    return List.copyOf(lanes.keySet());
  }

  /** A handle of something that waits, for example since the last start; null if there is none. */
  @Nullable Outgoing handleOf(String clientId) {
    Waiting waiting = waiting(clientId);
    return waiting == null ? null : waiting.sent;
  }

  /** Tries a refused one again, as the last of its conversation; false if there is none. */
  boolean retry(String clientId) {
    Waiting waiting = waiting(clientId);
    if (waiting == null || waiting.item.error() == null) {
      return false;
    }
    OutboxItem old = waiting.item;
    remove(waiting);
    OutboxItem again =
        new OutboxItem(
            ++lastPosition,
            old.clientId(),
            old.conversationId(),
            old.operation(),
            old.request(),
            null,
            old.upload());
    store.putOutbox(again);
    add(new Waiting(again, new Outgoing(again.clientId()), old.upload() == null));
    tellChanged(again);
    pump(again.conversationId());
    return true;
  }

  /** Gives up one that is not under way; false if there is none, or it is. */
  boolean discard(String clientId) {
    Waiting waiting = waiting(clientId);
    if (waiting == null) {
      return false;
    }
    Lane lane = lanes.get(waiting.item.conversationId());
    if (waiting.item.error() == null && (waiting.sentBefore || lane == null)) {
      return false; // The server may have it.
    }
    files.discard(waiting.item);
    remove(waiting);
    waiting.sent.handleFailed(new JovialException("discarded", "it was discarded"));
    pump(waiting.item.conversationId());
    return true;
  }

  /** After each opening of the session. */
  void pumpAll() {
    for (Map.Entry<String, Lane> lane : List.copyOf(lanes.entrySet())) {
      lane.getValue().wait = FIRST_WAIT;
      pump(lane.getKey());
    }
  }

  private void pump(String conversationId) {
    Lane lane = lanes.get(conversationId);
    if (lane == null || lane.inFlight || !requester.isOpen() || inFlight >= MAX_IN_FLIGHT) {
      return;
    }
    Waiting next = lane.next();
    if (next == null) {
      return;
    }
    if (lane.timer != null) {
      lane.timer.cancel();
      lane.timer = null;
    }
    if (next.item.upload() != null) {
      files.begin(next.item);
      return;
    }
    ObjectNode request = (ObjectNode) Json.read(next.item.request());
    if (next.sentBefore) {
      request.put("retry", true);
    }
    boolean first = !next.sentBefore;
    next.sentBefore = true;
    lane.inFlight = true;
    inFlight++;
    var unused =
        requester
            .request(next.item.operation(), request)
            .whenComplete(
                (reply, failure) -> {
                  lane.inFlight = false;
                  inFlight--;
                  if (failure == null) {
                    lane.wait = FIRST_WAIT;
                    settle(next, reply);
                  } else {
                    handleFailure(lane, next, first, Failures.of(failure));
                  }
                  pumpOthers(conversationId);
                });
  }

  /** The same conversation first; then one that had to wait because too many were under way. */
  private void pumpOthers(String conversationId) {
    Lane same = lanes.get(conversationId);
    if (same != null && same.items.isEmpty()) {
      lanes.remove(conversationId);
    } else if (same != null && same.timer == null) {
      pump(conversationId);
    }
    if (inFlight == MAX_IN_FLIGHT - 1) {
      for (Map.Entry<String, Lane> lane : List.copyOf(lanes.entrySet())) {
        if (lane.getValue().timer == null) {
          pump(lane.getKey());
        }
      }
    }
  }

  private void settle(Waiting waiting, JsonNode reply) {
    long seq = Json.numberOr(reply, "seq", 0);
    Instant storedAt = Json.time(reply, "stored_at");
    handleStored(
        waiting,
        new Stored(
            Json.textOr(reply, "conversation_id", waiting.item.conversationId()),
            seq,
            waiting.item.clientId(),
            storedAt));
  }

  private void handleStored(Waiting waiting, Stored stored) {
    if (!remove(waiting)) {
      return;
    }
    follower.handleStored(waiting.item, stored);
    listeners.afterCommit(() -> waiting.sent.handleStored(stored));
  }

  /** An own entry came from the log: it is stored, though the reply was lost. */
  void handleSeen(String conversationId, long seq, String clientId) {
    Lane lane = lanes.get(conversationId);
    if (lane == null) {
      return;
    }
    for (Waiting waiting : List.copyOf(lane.items)) {
      if (waiting.item.clientId().equals(clientId)) {
        Stored stored = new Stored(conversationId, seq, clientId, null);
        remove(waiting);
        listeners.afterCommit(() -> waiting.sent.handleStored(stored));
      }
    }
  }

  private void handleFailure(Lane lane, Waiting waiting, boolean first, JovialException failure) {
    if (waiting(waiting.item.clientId()) != waiting) {
      return; // Settled meanwhile by its entry.
    }
    Instant serverTime = failure.serverTime();
    if (failure.isDefinite() && serverTime != null) {
      clock.set(serverTime);
      if (first) {
        rename(waiting);
      } else {
        // An attempt whose outcome is unknown may have been stored under this id: it must stay.
        waitIn(lane, waiting, CLOCK_WAIT);
      }
    } else if (failure.isDefinite()
        || (failure.code().equals("internal") && ++waiting.internalErrors >= MAX_INTERNAL_ERRORS)) {
      refuse(waiting, failure);
    } else if (!failure.code().equals(JovialException.OFFLINE)) {
      waitIn(lane, waiting, Failures.waitAfter(failure, lane.wait));
      Duration doubled = lane.wait.multipliedBy(2);
      lane.wait = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
    }
  }

  private void waitIn(Lane lane, Waiting waiting, Duration wait) {
    lane.timer =
        executor.after(
            wait,
            () -> {
              lane.timer = null;
              pump(waiting.item.conversationId());
            });
  }

  private void refuse(Waiting waiting, JovialException failure) {
    waiting.item = waiting.item.withError(failure.code() + ": " + failure.detail());
    store.putOutbox(waiting.item);
    listeners.afterCommit(() -> waiting.sent.handleFailed(failure));
    tellChanged(waiting.item);
  }

  /** The first attempt was refused for the time in its id, so nothing bears that id. */
  private void rename(Waiting waiting) {
    OutboxItem old = waiting.item;
    String clientId = ids.next(clock.now().toEpochMilli());
    ObjectNode request = (ObjectNode) Json.read(old.request());
    request.put("client_id", clientId);
    waiting.item =
        new OutboxItem(
            old.position(),
            clientId,
            old.conversationId(),
            old.operation(),
            request.toString(),
            null);
    waiting.sentBefore = false;
    waiting.sent.handleNewId(clientId);
    store.putOutbox(waiting.item);
  }

  /** Holds the file of a message, or lets it go on; false if there is none to be held or let. */
  boolean setPaused(String clientId, boolean paused) {
    return files.setPaused(clientId, paused);
  }

  @Override
  public @Nullable OutboxItem find(String clientId) {
    Waiting waiting = waiting(clientId);
    return waiting == null ? null : waiting.item;
  }

  @Override
  public void replace(OutboxItem item) {
    Waiting waiting = waiting(item.clientId());
    if (waiting != null) {
      waiting.item = item;
      store.putOutbox(item);
    }
  }

  @Override
  public void goOn(String conversationId) {
    Lane lane = lanes.get(conversationId);
    if (lane != null) {
      lane.wait = FIRST_WAIT;
    }
    pump(conversationId);
  }

  @Override
  public void handleFileFailure(String clientId, JovialException failure) {
    Waiting waiting = waiting(clientId);
    Lane lane = waiting == null ? null : lanes.get(waiting.item.conversationId());
    if (waiting != null && lane != null) {
      handleFailure(lane, waiting, false, failure);
      if (waiting.item.error() != null) {
        pump(waiting.item.conversationId());
      }
    }
  }

  /** When the client is closed: nobody will tell these any more. */
  void close(JovialException reason) {
    files.close();
    for (Lane lane : lanes.values()) {
      lane.items.forEach(waiting -> waiting.sent.handleClosed(reason));
    }
  }

  private boolean remove(Waiting waiting) {
    Lane lane = lanes.get(waiting.item.conversationId());
    if (lane == null || !lane.items.remove(waiting)) {
      return false;
    }
    if (lane.items.isEmpty() && !lane.inFlight) {
      lanes.remove(waiting.item.conversationId());
    }
    size--;
    store.removeOutbox(waiting.item.position());
    return true;
  }

  private @Nullable Waiting waiting(String clientId) {
    for (Lane lane : lanes.values()) {
      for (Waiting waiting : lane.items) {
        if (waiting.item.clientId().equals(clientId)) {
          return waiting;
        }
      }
    }
    return null;
  }

  private void tellChanged(OutboxItem item) {
    listeners.emit(Event.CHANGE, () -> views.queuedMessage(item));
  }
}
