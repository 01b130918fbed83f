package chat.jovial.client.store;

import chat.jovial.client.model.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Store of what one user's device keeps. Used by one client at a time, on that client's thread
 * only; changes are durable when {@link #commit} returns, all of them or none. Reads see what was
 * changed before. Methods throw {@link StoreException}; the client ends then.
 *
 * <p>Entries are kept as the server told them; the view of edits and reactions is made when it is
 * read. Only removal changes them: then the text is really gone from the device.
 */
public interface Store extends AutoCloseable {
  /** Whether what was committed survives the end of this process. */
  boolean durable();

  void commit();

  @Override
  void close();

  // Names and values: the user, the device, tokens, the sync cursor.

  @Nullable String setting(String name);

  /**
   * @param value null removes it
   */
  void putSetting(String name, @Nullable String value);

  // Entries.

  /** Adds an entry, or replaces the one with its seq. */
  void putEntry(Entry entry);

  @Nullable Entry entry(String conversationId, long seq);

  /** Entries from one seq to another, both included, in order, at most so many from the first. */
  List<Entry> entries(String conversationId, long from, long upto, int limit);

  /** Messages below a seq, in order, at most so many, the newest of them. */
  List<Entry> messagesBefore(String conversationId, long before, int limit);

  /** Edits, redactions and reactions whose target is between two seqs, both included. */
  List<Entry> targeting(String conversationId, long from, long upto);

  /** What is held, as ranges without gaps, in order. */
  List<Range> ranges(String conversationId);

  /** Messages of other senders above a seq. */
  int countUnread(String conversationId, long above, String userId);

  /** Entries whose body has expired by that time, at most so many. */
  List<Entry> expired(Instant now, int limit);

  /** When the next body expires; null if none does. */
  @Nullable Instant nextExpiry();

  // Conversations.

  List<ConversationRecord> conversations();

  void putConversation(ConversationRecord conversation);

  // The outbox, in the order of queueing.

  List<OutboxItem> outbox();

  /** Adds an item at the end, or replaces the one at its position. */
  void putOutbox(OutboxItem item);

  void removeOutbox(long position);

  // Triggers.

  List<TriggerRecord> triggers();

  void putTrigger(TriggerRecord trigger);

  /** With its places. */
  void removeTrigger(String name);

  /** Up to which seq a trigger has looked at a conversation; null if never. */
  @Nullable Long triggerPlace(String name, String conversationId);

  void putTriggerPlace(String name, String conversationId, long upto);

  // What triggers have put.

  /**
   * @param value JSON; null removes it
   */
  void putKept(String key, @Nullable String value);

  /** Values as JSON, by keys that begin so, in their order. */
  Map<String, String> kept(String prefix);
}
