package chat.jovial.client.log;

import chat.jovial.client.store.ConversationRecord;
import chat.jovial.client.store.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registry of the conversations that this device knows; some 500 bytes each. Confined to the
 * executor.
 */
final class Conversations {
  private final Store store;
  private final Map<String, ConversationState> all = new LinkedHashMap<>();
  private final Set<ConversationState> changed = new LinkedHashSet<>();

  Conversations(Store store) {
    this.store = store;
    for (ConversationRecord record : store.conversations()) {
      all.put(record.conversationId(), new ConversationState(record));
    }
  }

  @Nullable ConversationState get(String conversationId) {
    return all.get(conversationId);
  }

  /**
   * @param base up to here its entries are history for this device
   */
  ConversationState create(String conversationId, @Nullable String userId, long base) {
    ConversationState made = new ConversationState(conversationId, userId, base);
    all.put(conversationId, made);
    changed(made);
    return made;
  }

  void changed(ConversationState conversation) {
    changed.add(conversation);
  }

  /** At the end of a turn, before the commit; tells which changed. */
  List<ConversationState> save() {
    if (changed.isEmpty()) {
      return List.of();
    }
    List<ConversationState> saved = List.copyOf(changed);
    changed.clear();
    saved.forEach(conversation -> store.putConversation(conversation.record()));
    return saved;
  }

  Collection<ConversationState> all() {
    return all.values();
  }

  /** Those with the newest entries first. */
  List<ConversationState> newestFirst() {
    List<ConversationState> sorted = new ArrayList<>(all.values());
    sorted.sort(Comparator.comparing(ConversationState::lastStoredMillis).reversed());
    return sorted;
  }
}
