package chat.jovial.client.log;

import chat.jovial.client.json.ClientIds;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.Body;
import chat.jovial.client.model.Conversation;
import chat.jovial.client.model.Entry;
import chat.jovial.client.model.Kind;
import chat.jovial.client.model.Message;
import chat.jovial.client.model.MessageState;
import chat.jovial.client.model.Receipt;
import chat.jovial.client.store.ConversationRecord.Watermark;
import chat.jovial.client.store.OutboxItem;
import chat.jovial.client.store.Range;
import chat.jovial.client.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Views of messages and conversations as a person should see them, made from the entries each time
 * it is asked for: edits and reactions applied, removed texts absent, own changes that are still
 * queued shown already. Confined to the executor.
 */
final class Views {
  /** A gap up to this size is about to be filled; what is above it is shown then. */
  private static final long SMALL_GAP = 200;

  private final Store store;
  private final String userId;
  private final ServerClock clock;
  private final Outbox outbox;

  Views(Store store, String userId, ServerClock clock, Outbox outbox) {
    this.store = store;
    this.userId = userId;
    this.clock = clock;
    this.outbox = outbox;
  }

  /**
   * Messages in order of seq, the queued ones last.
   *
   * @param before only messages below it; null for the newest, with what is queued
   * @param limit of those that the log has
   */
  List<Message> messages(ConversationState conversation, @Nullable Long before, int limit) {
    long end = before == null ? shownUpto(conversation) + 1 : before;
    long start = startOfRange(conversation, end - 1);
    List<Entry> entries =
        store.messagesBefore(conversation.id, end, limit).stream()
            .filter(entry -> entry.seq() >= start)
            .toList();
    List<Message> messages = new ArrayList<>(of(conversation, entries));
    if (before == null) {
      waiting(conversation.id).stream()
          .filter(item -> item.operation().equals("mds.send"))
          .map(this::queued)
          .forEach(messages::add);
    }
    return messages;
  }

  /** What is queued for a conversation that has nothing else yet. */
  List<Message> queuedMessages(String conversationId) {
    return waiting(conversationId).stream()
        .filter(item -> item.operation().equals("mds.send"))
        .map(this::queued)
        .toList();
  }

  /** One message of the log; null if it is not held, or is none. */
  @Nullable Message message(ConversationState conversation, long seq) {
    Entry entry = store.entry(conversation.id, seq);
    return entry == null || !entry.is(Kind.MESSAGE)
        ? null
        : of(conversation, List.of(entry)).get(0);
  }

  /** What waits in the outbox, as a message; null if it is none. */
  @Nullable Message queuedMessage(OutboxItem item) {
    return item.operation().equals("mds.send") ? queued(item) : null;
  }

  Conversation conversation(ConversationState conversation) {
    List<Receipt> receipts = new ArrayList<>();
    conversation.members.forEach(
        (member, mark) ->
            receipts.add(new Receipt(conversation.id, member, mark.delivered(), mark.read())));
    return new Conversation(
        conversation.id,
        conversation.userId,
        conversation.lastSeq,
        conversation.lastStoredAt,
        conversation.unread,
        conversation.readUpto,
        gaps(conversation),
        receipts);
  }

  private int gaps(ConversationState conversation) {
    if (!conversation.hasGap()) {
      return 0;
    }
    int gaps = 0;
    long next = conversation.upto + 1;
    for (Range range : store.ranges(conversation.id)) {
      if (range.upto() >= next) {
        gaps += range.from() > next ? 1 : 0;
        next = range.upto() + 1;
      }
    }
    return conversation.lastSeq >= next ? gaps + 1 : gaps;
  }

  /** Up to where can be shown: the newest, unless a small gap below it is about to be filled. */
  private static long shownUpto(ConversationState conversation) {
    long missing = conversation.lastSeq - conversation.upto;
    boolean waits = conversation.upto > conversation.base && missing <= SMALL_GAP;
    return waits ? conversation.upto : conversation.lastSeq;
  }

  /** Where the range without gaps begins that ends at or below a seq. */
  private long startOfRange(ConversationState conversation, long upto) {
    long start = 1;
    for (Range range : store.ranges(conversation.id)) {
      if (range.from() <= upto) {
        start = range.from();
      }
    }
    return start;
  }

  /** Messages of the log, with what later entries and queued requests say of them. */
  List<Message> of(ConversationState conversation, List<Entry> messages) {
    if (messages.isEmpty()) {
      return List.of();
    }
    Map<Long, Changes> changes = new HashMap<>();
    for (Entry entry :
        store.targeting(
            conversation.id, messages.get(0).seq(), messages.get(messages.size() - 1).seq())) {
      Long target = entry.target();
      if (target != null) {
        changes.computeIfAbsent(target, key -> new Changes()).apply(entry);
      }
    }
    for (OutboxItem item : waiting(conversation.id)) {
      JsonNode request = Json.read(item.request());
      Long target = Json.number(request, "target");
      if (target != null && item.error() == null) {
        changes.computeIfAbsent(target, key -> new Changes()).applyQueued(item, request, userId);
      }
    }
    Instant now = clock.now();
    return messages.stream()
        .map(entry -> of(conversation, entry, changes.get(entry.seq()), now))
        .toList();
  }

  private Message of(
      ConversationState conversation, Entry entry, @Nullable Changes changes, Instant now) {
    Instant expiresAt = entry.expiresAt();
    String removed = entry.removed();
    if (removed == null && changes != null && changes.redacted) {
      removed = "redacted";
    }
    if (removed == null && expiresAt != null && !expiresAt.isAfter(now)) {
      removed = "expired";
    }
    Body edited = changes == null ? null : changes.body;
    Body body = removed != null ? null : edited != null ? edited : entry.body();
    return new Message(
        conversation.id,
        entry.seq(),
        entry.clientId(),
        entry.senderId(),
        entry.sentAt(),
        entry.storedAt(),
        body,
        entry.senderId().equals(userId) ? tick(conversation, entry.seq()) : MessageState.RECEIVED,
        removed == null && changes != null && changes.edited,
        removed,
        removed != null || changes == null ? Map.of() : changes.reactions(),
        entry.replyTo(),
        expiresAt,
        null);
  }

  private static MessageState tick(ConversationState conversation, long seq) {
    if (conversation.members.isEmpty()) {
      return MessageState.STORED;
    }
    long delivered = Long.MAX_VALUE;
    long read = Long.MAX_VALUE;
    for (Watermark mark : conversation.members.values()) {
      delivered = Math.min(delivered, mark.delivered());
      read = Math.min(read, mark.read());
    }
    return read >= seq
        ? MessageState.READ
        : delivered >= seq ? MessageState.DELIVERED : MessageState.STORED;
  }

  private List<OutboxItem> waiting(String conversationId) {
    return outbox.itemsOf(conversationId);
  }

  private Message queued(OutboxItem item) {
    JsonNode request = Json.read(item.request());
    return new Message(
        item.conversationId(),
        null,
        item.clientId(),
        userId,
        ClientIds.isVersion7(item.clientId()) ? ClientIds.timeOf(item.clientId()) : clock.now(),
        null,
        Body.ofJson(request.path("body").toString()),
        item.error() == null ? MessageState.QUEUED : MessageState.FAILED,
        false,
        null,
        Map.of(),
        Json.number(request, "reply_to"),
        null,
        item.error());
  }

  /** What later entries say of one message, in the order of the log. */
  private static final class Changes {
    private final Map<String, Set<String>> reactions = new LinkedHashMap<>();
    private @Nullable Body body;
    private boolean edited;
    private boolean redacted;

    void apply(Entry entry) {
      switch (entry.kind()) {
        case Kind.EDIT -> {
          edited = true;
          body = entry.body() == null ? body : entry.body();
        }
        case Kind.REDACTION -> redacted |= entry.body() == null;
        case Kind.REACTION -> {
          Body reaction = entry.body();
          if (reaction != null) {
            react(entry.senderId(), reaction.tree());
          }
        }
        default -> {}
      }
    }

    void applyQueued(OutboxItem item, JsonNode request, String userId) {
      switch (item.operation()) {
        case "mds.edit" -> {
          edited = true;
          body = Body.ofJson(request.path("body").toString());
        }
        case "mds.redact" -> redacted = true;
        case "mds.react" -> react(userId, request);
        default -> {}
      }
    }

    private void react(String by, JsonNode said) {
      String reaction = Json.textOr(said, "reaction", "");
      if (said.path("remove").asBoolean()) {
        Set<String> users = reactions.get(reaction);
        if (users != null) {
          users.remove(by);
        }
      } else {
        reactions.computeIfAbsent(reaction, key -> new LinkedHashSet<>()).add(by);
      }
    }

    Map<String, List<String>> reactions() {
      Map<String, List<String>> shown = new LinkedHashMap<>();
      reactions.forEach(
          (reaction, users) -> {
            if (!users.isEmpty()) {
              shown.put(reaction, List.copyOf(users));
            }
          });
      return shown;
    }
  }
}
