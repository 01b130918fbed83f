package chat.jovial.client.log;

import chat.jovial.client.model.Conversation;
import chat.jovial.client.model.HistoryPage;
import chat.jovial.client.model.HistoryQuery;
import chat.jovial.client.model.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads of messages and conversations, as an app shows them. Confined to the executor. */
public final class ConversationReads {
  private final Conversations conversations;
  private final Outbox outbox;
  private final Views views;
  private final History history;
  private final String userId;

  ConversationReads(
      Conversations conversations, Outbox outbox, Views views, History history, String userId) {
    this.conversations = conversations;
    this.outbox = outbox;
    this.views = views;
    this.history = history;
    this.userId = userId;
  }

  public List<Message> messages(String conversationId, @Nullable Long before, int limit) {
    ConversationState conversation = conversations.get(conversationId);
    return conversation == null
        ? views.queuedMessages(conversationId)
        : views.messages(conversation, before, limit);
  }

  /** Newest first; before them those that have only what waits to be sent. */
  public List<Conversation> conversations() {
    List<Conversation> all = new ArrayList<>();
    for (String id : outbox.conversationIds()) {
      if (conversations.get(id) == null) {
        all.add(
            new Conversation(
                id, DirectConversations.peer(id, userId), 0, null, 0, 0, 0, List.of()));
      }
    }
    conversations.newestFirst().forEach(each -> all.add(views.conversation(each)));
    return all;
  }

  public @Nullable Conversation conversation(String conversationId) {
    ConversationState conversation = conversations.get(conversationId);
    return conversation == null ? null : views.conversation(conversation);
  }

  public CompletableFuture<HistoryPage> history(String conversationId, HistoryQuery query) {
    return history.read(conversationId, query);
  }
}
