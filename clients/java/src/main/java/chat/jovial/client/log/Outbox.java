package chat.jovial.client.log;

import chat.jovial.client.model.Outgoing;
import chat.jovial.client.store.OutboxItem;
import chat.jovial.client.store.Store;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Outbox of the device: requests that the server has not answered yet, by conversation and in
 * order, as the store has them. Confined to the executor.
 */
final class Outbox {
  /** Requests that may wait on a device. A person who writes more has another problem. */
  static final int MAX_ITEMS = 10_000;

  private final Store store;
  private final Map<String, ConversationQueue> queues = new LinkedHashMap<>();
  private long lastPosition;
  private int size;

  Outbox(Store store) {
    this.store = store;
    for (OutboxItem item : store.outbox()) {
      // A message whose file is not up was never sent.
      index(new QueuedRequest(item, new Outgoing(item.clientId()), item.upload() == null));
    }
  }

  boolean isFull() {
    return size >= MAX_ITEMS;
  }

  long nextPosition() {
    return ++lastPosition;
  }

  /** Adds a request at the end of its conversation's queue, and to the store. */
  void add(QueuedRequest request) {
    store.putOutbox(request.item);
    index(request);
  }

  private void index(QueuedRequest request) {
    queues
        .computeIfAbsent(request.item.conversationId(), id -> new ConversationQueue())
        .requests
        .add(request);
    lastPosition = Math.max(lastPosition, request.item.position());
    size++;
  }

  /** Gives a request another item in its place. */
  void update(QueuedRequest request, OutboxItem item) {
    request.item = item;
    store.putOutbox(item);
  }

  /** False if it is not there any more. */
  boolean remove(QueuedRequest request) {
    ConversationQueue queue = queues.get(request.item.conversationId());
    if (queue == null || !queue.requests.remove(request)) {
      return false;
    }
    dropIfEmpty(request.item.conversationId());
    size--;
    store.removeOutbox(request.item.position());
    return true;
  }

  void dropIfEmpty(String conversationId) {
    ConversationQueue queue = queues.get(conversationId);
    if (queue != null && queue.requests.isEmpty() && !queue.inFlight) {
      queues.remove(conversationId);
    }
  }

  @Nullable QueuedRequest find(String clientId) {
    for (ConversationQueue queue : queues.values()) {
      for (QueuedRequest request : queue.requests) {
        if (request.item.clientId().equals(clientId)) {
          return request;
        }
      }
    }
    return null;
  }

  @Nullable ConversationQueue queue(String conversationId) {
    return queues.get(conversationId);
  }

  Collection<ConversationQueue> queues() {
    return queues.values();
  }

  List<OutboxItem> itemsOf(String conversationId) {
    ConversationQueue queue = queues.get(conversationId);
    return queue == null ? List.of() : queue.requests.stream().map(each -> each.item).toList();
  }

  List<String> conversationIds() {
    return List.copyOf(queues.keySet());
  }
}
