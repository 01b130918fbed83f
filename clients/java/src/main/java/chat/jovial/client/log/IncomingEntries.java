package chat.jovial.client.log;

import chat.jovial.client.json.Json;
import chat.jovial.client.model.Entry;
import chat.jovial.client.store.ConversationRecord.Watermark;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Entries from pushes, syncs and own requests, on their way to the log of their conversation.
 * Entries of a conversation that is not known yet wait for a sync, which alone knows where the
 * history of a conversation ends for this device. Confined to the executor.
 */
final class IncomingEntries implements Sync.Handler {
  /** Pushed entries of conversations that no sync has listed yet. */
  private static final int MAX_UNKNOWN = 1_000;

  /** The parts that go on after an entry was applied. */
  record Followers(
      RequestSender sender, GapFiller gaps, Acknowledger acknowledger, Runnable whenSynced) {}

  private final Conversations conversations;
  private final EntryLog log;
  private final Receipts receipts;
  private final Sync sync;
  private final Followers followers;
  private final String userId;
  private final Map<String, Entry> unknown = new HashMap<>();

  IncomingEntries(
      Conversations conversations,
      EntryLog log,
      Receipts receipts,
      Sync sync,
      Followers followers,
      String userId) {
    this.conversations = conversations;
    this.log = log;
    this.receipts = receipts;
    this.sync = sync;
    this.followers = followers;
    this.userId = userId;
  }

  void handlePushed(Entry entry) {
    ConversationState conversation = conversations.get(entry.conversationId());
    if (conversation == null && entry.seq() == 1) {
      conversation = create(entry.conversationId(), 0);
    }
    if (conversation != null) {
      apply(conversation, entry);
      followers.gaps().checkSoon(conversation);
    } else {
      keepUnknown(entry);
    }
  }

  /** An own request made an entry, which the server does not push to the connection it came on. */
  void handleStored(Entry entry) {
    ConversationState conversation = conversations.get(entry.conversationId());
    if (conversation == null && entry.seq() == 1) {
      conversation = create(entry.conversationId(), 0);
    }
    if (conversation == null) {
      keepUnknown(entry);
    } else {
      log.accept(conversation, entry);
      followers.gaps().checkSoon(conversation);
    }
  }

  private void keepUnknown(Entry entry) {
    if (unknown.size() < MAX_UNKNOWN) {
      unknown.putIfAbsent(entry.conversationId(), entry);
      var unused = sync.run().exceptionally(failure -> null);
    }
  }

  private ConversationState create(String conversationId, long base) {
    return conversations.create(
        conversationId, DirectConversations.peer(conversationId, userId), base);
  }

  private void apply(ConversationState conversation, Entry entry) {
    log.accept(conversation, entry);
    if (entry.senderId().equals(userId)) {
      followers.sender().handleOwnEntry(entry.conversationId(), entry.seq(), entry.clientId());
    }
  }

  @Override
  public void handleConversation(JsonNode summary) {
    String id = Json.required(summary, "conversation_id");
    Watermark own = Watermark.NONE.max(Receipts.watermark(summary));
    ConversationState conversation = conversations.get(id);
    if (conversation == null) {
      // At a device's first sync, what another device of the user has is history. What comes later
      // is news, also if others have it: above all what this device is sending itself.
      conversation = create(id, sync.wasDone() ? 0 : own.delivered());
    }
    String member = Json.text(summary, "user_id");
    conversation.userId = member == null ? conversation.userId : member;
    long lastSeq = Json.numberOr(summary, "last_seq", 0);
    if (lastSeq > conversation.lastSeq) {
      conversation.lastSeq = lastSeq;
    }
    if (lastSeq >= conversation.lastSeq) {
      Instant lastStoredAt = Json.time(summary, "last_stored_at");
      conversation.lastStoredAt = lastStoredAt == null ? conversation.lastStoredAt : lastStoredAt;
    }
    if (!conversation.ackInFlight) {
      conversation.acked = own;
    }
    log.handleRead(conversation, own.read());
    if (lastSeq >= conversation.unreadAt && own.read() == conversation.readUpto) {
      conversation.unread = (int) Json.numberOr(summary, "unread", 0);
      conversation.unreadAt = lastSeq;
    }
    receipts.handleSummary(conversation, summary);
    conversations.changed(conversation);
    followers.acknowledger().check(conversation);
  }

  @Override
  public void handleEntry(JsonNode json) {
    Entry entry = Json.entry(json);
    ConversationState conversation = conversations.get(entry.conversationId());
    if (conversation != null) {
      apply(conversation, entry);
    }
  }

  @Override
  public void handleSynced() {
    unknown.forEach(
        (id, first) -> {
          ConversationState conversation = conversations.get(id);
          apply(conversation == null ? create(id, 0) : conversation, first);
        });
    unknown.clear();
    conversations.newestFirst().forEach(followers.gaps()::fill);
    followers.acknowledger().checkAll();
    followers.whenSynced().run();
  }
}
