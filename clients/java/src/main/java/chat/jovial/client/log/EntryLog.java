package chat.jovial.client.log;

import chat.jovial.client.model.Body;
import chat.jovial.client.model.Entry;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.Kind;
import chat.jovial.client.store.Range;
import chat.jovial.client.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Log of entries on the device. They come from pushes, syncs, history and own replies, in any order
 * and more than once, and become a log without gaps: each entry above {@code base} is shown once,
 * in order, when all below it is there. Removal is applied to what the device holds, whichever of
 * the two came first. Confined to the executor.
 */
final class EntryLog {
  /** Entries shown or erased at a time. */
  private static final int PAGE = 200;

  private static final String REDACTED = "redacted";
  private static final String DELETED = "deleted";

  /** What follows when entries were shown. */
  interface Follower {
    /** A run of entries, in order, became the end of what is held without gaps. */
    void handleShown(ConversationState conversation, List<Entry> entries);
  }

  private final Store store;
  private final Conversations conversations;
  private final Views views;
  private final Listeners listeners;
  private final String userId;
  private final List<Follower> followers = new ArrayList<>();
  private Consumer<Instant> whenExpiring = expiresAt -> {};

  EntryLog(
      Store store, Conversations conversations, Views views, Listeners listeners, String userId) {
    this.store = store;
    this.conversations = conversations;
    this.views = views;
    this.listeners = listeners;
    this.userId = userId;
  }

  /** Is called with the time at which an entry that came expires. */
  void whenExpiring(Consumer<Instant> action) {
    whenExpiring = action;
  }

  void follow(Follower follower) {
    followers.add(follower);
  }

  /** One entry. */
  void accept(ConversationState conversation, Entry entry) {
    if (entry.seq() > conversation.lastSeq) {
      conversation.lastSeq = entry.seq();
      conversation.lastStoredAt = entry.storedAt();
      conversations.changed(conversation);
    }
    if (!put(conversation, entry) || entry.seq() <= conversation.base) {
      return;
    }
    if (entry.seq() == conversation.upto + 1) {
      show(conversation, List.of(withoutRemoved(conversation, entry)));
      while (conversation.highestHeld > conversation.upto && showNext(conversation)) {
        // Until the next gap.
      }
    }
  }

  /** Shows what is held beyond {@code upto}, for example since the last run ended. */
  void showHeld(ConversationState conversation) {
    while (showNext(conversation)) {
      // Until the next gap.
    }
  }

  private boolean showNext(ConversationState conversation) {
    long next = conversation.upto + 1;
    List<Entry> run = new ArrayList<>();
    for (Entry entry : store.entries(conversation.id, next, Long.MAX_VALUE, PAGE)) {
      if (entry.seq() != next + run.size()) {
        break;
      }
      run.add(entry);
    }
    if (!run.isEmpty()) {
      show(conversation, run);
    }
    return run.size() == PAGE;
  }

  private void show(ConversationState conversation, List<Entry> run) {
    Entry last = run.get(run.size() - 1);
    conversation.upto = last.seq();
    conversation.highestHeld = Math.max(conversation.highestHeld, last.seq());
    for (Entry entry : run) {
      if (!entry.senderId().equals(userId)) {
        conversation.othersUpto = entry.seq();
      }
      count(conversation, entry);
      listeners.emit(Event.ENTRY, () -> entry);
      if (entry.is(Kind.MESSAGE)) {
        listeners.emit(Event.MESSAGE, () -> views.message(conversation, entry.seq()));
      } else {
        emitChange(conversation, entry);
      }
    }
    conversations.changed(conversation);
    followers.forEach(follower -> follower.handleShown(conversation, run));
  }

  private void emitChange(ConversationState conversation, Entry entry) {
    Long target = entry.is(Kind.MESSAGE) ? (Long) entry.seq() : entry.target();
    if (target != null) {
      listeners.emit(Event.CHANGE, () -> views.message(conversation, target));
    }
  }

  private void count(ConversationState conversation, Entry entry) {
    if (entry.seq() > conversation.unreadAt) {
      conversation.unreadAt = entry.seq();
      if (isUnread(conversation, entry)) {
        conversation.unread++;
      }
    }
  }

  /** A message of somebody else above the read watermark, which has not been removed. */
  private boolean isUnread(ConversationState conversation, Entry entry) {
    return entry.is(Kind.MESSAGE)
        && entry.body() != null
        && !entry.senderId().equals(userId)
        && entry.seq() > conversation.readUpto;
  }

  /** The user has read up to here, on this device or another. */
  void handleRead(ConversationState conversation, long readUpto) {
    if (readUpto <= conversation.readUpto) {
      return;
    }
    conversation.readUpto = readUpto;
    // What is in a gap is counted by the server, at the next sync.
    conversation.unread =
        readUpto >= conversation.lastSeq ? 0 : store.countUnread(conversation.id, readUpto, userId);
    conversation.unreadAt = Math.max(conversation.unreadAt, conversation.highestHeld);
    conversations.changed(conversation);
  }

  /** False if it was there already; a removal is taken over all the same. */
  private boolean put(ConversationState conversation, Entry entry) {
    Entry held = store.entry(conversation.id, entry.seq());
    if (held != null) {
      if (held.body() != null && entry.removed() != null) {
        forgetUnread(conversation, held);
        store.putEntry(entry);
        if (held.is(Kind.MESSAGE)) {
          listeners.emit(Event.CHANGE, () -> views.message(conversation, entry.seq()));
        }
      }
      return false;
    }
    Entry kept = withoutRemoved(conversation, entry);
    store.putEntry(kept);
    if (kept.body() != null && kept.expiresAt() != null) {
      whenExpiring.accept(kept.expiresAt());
    }
    conversation.highestHeld = Math.max(conversation.highestHeld, entry.seq());
    if (entry.is(Kind.REDACTION)) {
      redact(conversation, entry);
    }
    return true;
  }

  private void redact(ConversationState conversation, Entry redaction) {
    Long target = redaction.target();
    if (target == null) {
      return;
    }
    Body body = redaction.body();
    if (body == null) {
      erase(conversation, target, target, REDACTED);
    } else {
      long upto = body.tree().path("upto").asLong(target);
      conversation.deleted.add(new Range(target, upto));
      conversations.changed(conversation);
      erase(conversation, target, upto, DELETED);
    }
  }

  /** Messages in the range, and edits of them, wherever those are. */
  private void erase(ConversationState conversation, long from, long upto, String reason) {
    for (long at = from; at <= upto; ) {
      List<Entry> page = store.entries(conversation.id, at, upto, PAGE);
      for (Entry entry : page) {
        if (entry.is(Kind.MESSAGE)) {
          eraseOne(conversation, entry, reason);
        }
      }
      at = page.size() < PAGE ? upto + 1 : page.get(page.size() - 1).seq() + 1;
    }
    for (Entry entry : store.targeting(conversation.id, from, upto)) {
      if (entry.is(Kind.EDIT)) {
        eraseOne(conversation, entry, reason);
      }
    }
  }

  private void eraseOne(ConversationState conversation, Entry entry, String reason) {
    if (entry.body() != null) {
      forgetUnread(conversation, entry);
      store.putEntry(entry.without(reason));
    }
  }

  /** A message that goes before it was read is not unread any more. */
  private void forgetUnread(ConversationState conversation, Entry entry) {
    boolean counted = entry.seq() <= conversation.unreadAt && isUnread(conversation, entry);
    if (counted && conversation.unread > 0) {
      conversation.unread--;
      conversations.changed(conversation);
    }
  }

  /** Bodies whose time is over go from the device too; at most a page at a time. */
  boolean eraseExpired(Instant now) {
    List<Entry> expired = store.expired(now, PAGE);
    for (Entry entry : expired) {
      store.putEntry(entry.without(entry.removed()));
      ConversationState conversation = conversations.get(entry.conversationId());
      if (conversation != null) {
        forgetUnread(conversation, entry);
        conversations.changed(conversation);
        emitChange(conversation, entry);
      }
    }
    return expired.size() == PAGE;
  }

  /** Without its text, if what removed it came before it. */
  private Entry withoutRemoved(ConversationState conversation, Entry entry) {
    if (entry.body() == null) {
      return entry;
    }
    String reason = removedBy(conversation, entry);
    return reason == null ? entry : entry.without(reason);
  }

  private @Nullable String removedBy(ConversationState conversation, Entry entry) {
    Long target = entry.is(Kind.MESSAGE) ? (Long) entry.seq() : entry.target();
    if (target == null || !(entry.is(Kind.MESSAGE) || entry.is(Kind.EDIT))) {
      return null;
    }
    for (Range range : conversation.deleted) {
      if (range.from() <= target && target <= range.upto()) {
        return DELETED;
      }
    }
    // A new entry at the end of the log is above everything that could be about it.
    if (entry.is(Kind.MESSAGE) && entry.seq() >= conversation.highestHeld) {
      return null;
    }
    for (Entry other : store.targeting(conversation.id, target, target)) {
      if (other.is(Kind.REDACTION) && other.body() == null) {
        return REDACTED;
      }
    }
    return null;
  }
}
