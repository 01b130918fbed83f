package chat.jovial.client.log;

import chat.jovial.client.json.Json;
import chat.jovial.client.model.Entry;
import chat.jovial.client.model.HistoryPage;
import chat.jovial.client.model.HistoryQuery;
import chat.jovial.client.model.Kind;
import chat.jovial.client.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Pages of old messages: from the local store where it has them whole, else from the server, and
 * without a connection whatever the store has. Confined to the executor.
 */
final class History {
  private final Store store;
  private final Requester requester;
  private final Conversations conversations;
  private final EntryLog log;
  private final Views views;

  History(
      Store store, Requester requester, Conversations conversations, EntryLog log, Views views) {
    this.store = store;
    this.requester = requester;
    this.conversations = conversations;
    this.log = log;
    this.views = views;
  }

  CompletableFuture<HistoryPage> read(String conversationId, HistoryQuery query) {
    ConversationState conversation = conversations.get(conversationId);
    Long before = query.before();
    if (conversation != null && before != null && before > 1) {
      long from = Math.max(1, before - query.limit());
      List<Entry> held = store.entries(conversationId, from, before - 1, query.limit());
      if (held.size() == before - from || !requester.isOpen()) {
        return CompletableFuture.completedFuture(page(conversation, held, from > 1));
      }
    } else if (!requester.isOpen() && conversation != null) {
      return CompletableFuture.completedFuture(offline(conversation, query));
    }
    return ask(conversationId, query);
  }

  private HistoryPage offline(ConversationState conversation, HistoryQuery query) {
    Long after = query.after();
    Instant from = query.from();
    List<Entry> held;
    if (after != null) {
      held = store.entries(conversation.id, after + 1, Long.MAX_VALUE, query.limit());
    } else if (from != null) {
      // Times never decrease along a log; a device holds little enough to look through it.
      held =
          store.entries(conversation.id, 1, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
              .filter(entry -> !entry.storedAt().isBefore(from))
              .limit(query.limit())
              .toList();
    } else {
      long first = Math.max(1, conversation.lastSeq - query.limit() + 1);
      held = store.entries(conversation.id, first, conversation.lastSeq, query.limit());
    }
    return page(conversation, held, !held.isEmpty());
  }

  private CompletableFuture<HistoryPage> ask(String conversationId, HistoryQuery query) {
    ObjectNode request =
        Json.object().put("conversation_id", conversationId).put("limit", query.limit());
    Json.putNumber(request, "before", query.before());
    Json.putNumber(request, "after", query.after());
    Instant from = query.from();
    Json.putText(request, "from", from == null ? null : from.toString());
    return requester
        .request("mss.history", request)
        .thenApply(reply -> accept(conversationId, reply));
  }

  private HistoryPage accept(String conversationId, JsonNode reply) {
    List<Entry> entries = new ArrayList<>();
    reply.path("entries").forEach(json -> entries.add(Json.entry(json)));
    ConversationState conversation = conversations.get(conversationId);
    if (conversation == null) {
      long end = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).seq();
      conversation = conversations.create(conversationId, null, end);
    }
    for (Entry entry : entries) {
      log.accept(conversation, entry);
    }
    for (JsonNode related : reply.path("related")) {
      log.accept(conversation, Json.entry(related));
    }
    return page(conversation, entries, reply.path("more").asBoolean());
  }

  private HistoryPage page(ConversationState conversation, List<Entry> entries, boolean more) {
    List<Entry> messages = entries.stream().filter(entry -> entry.is(Kind.MESSAGE)).toList();
    return new HistoryPage(
        views.of(conversation, messages),
        entries.size(),
        entries.isEmpty() ? 0 : entries.get(0).seq(),
        entries.isEmpty() ? 0 : entries.get(entries.size() - 1).seq(),
        more);
  }
}
