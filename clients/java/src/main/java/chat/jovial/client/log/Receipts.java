package chat.jovial.client.log;

import chat.jovial.client.json.Json;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.Receipt;
import chat.jovial.client.store.ConversationRecord.Watermark;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * Receipts of all members, from pushes and syncs, merged into the conversations: watermarks only
 * rise. Confined to the executor.
 */
final class Receipts {
  private final Conversations conversations;
  private final EntryLog log;
  private final Listeners listeners;
  private final String userId;
  private final EarlyReceipts early = new EarlyReceipts();

  Receipts(Conversations conversations, EntryLog log, Listeners listeners, String userId) {
    this.conversations = conversations;
    this.log = log;
    this.listeners = listeners;
    this.userId = userId;
  }

  static Watermark watermark(JsonNode json) {
    return new Watermark(
        Json.numberOr(json, "delivered_upto", 0), Json.numberOr(json, "read_upto", 0));
  }

  /** A receipt that was pushed. */
  void handlePushed(JsonNode event) {
    ConversationState conversation = conversations.get(Json.required(event, "conversation_id"));
    if (conversation == null) {
      early.keep(event);
      return;
    }
    Watermark mark = watermark(event);
    String member = Json.required(event, "user_id");
    if (member.equals(userId)) {
      conversation.acked = conversation.acked.max(mark);
      log.handleRead(conversation, mark.read());
      conversations.changed(conversation);
    } else {
      merge(conversation, member, mark);
    }
  }

  /** The receipts in a sync's summary of a conversation, and those that came before it. */
  void handleSummary(ConversationState conversation, JsonNode summary) {
    for (JsonNode receipt : summary.path("receipts")) {
      String member = Json.text(receipt, "user_id");
      if (member != null && !member.equals(userId)) {
        merge(conversation, member, watermark(receipt));
      }
    }
    early.take(conversation.id).forEach(this::handlePushed);
  }

  private void merge(ConversationState conversation, String member, Watermark mark) {
    Watermark old = conversation.members.getOrDefault(member, Watermark.NONE);
    Watermark merged = old.max(mark);
    if (!merged.equals(conversation.members.put(member, merged))) {
      conversations.changed(conversation);
      listeners.emit(
          Event.RECEIPT,
          () -> new Receipt(conversation.id, member, merged.delivered(), merged.read()));
    }
  }
}
