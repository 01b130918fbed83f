package chat.jovial.client.log;

import chat.jovial.client.store.ConversationRecord;
import chat.jovial.client.store.LocalStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The conversations that this device knows; some 500 bytes each. Confined to the loop. */
final class Conversations {
  private final LocalStore store;
  private final Map<String, Conv> all = new LinkedHashMap<>();
  private final Set<Conv> changed = new LinkedHashSet<>();

  Conversations(LocalStore store) {
    this.store = store;
    for (ConversationRecord record : store.conversations()) {
      all.put(record.conversationId(), new Conv(record));
    }
  }

  @Nullable Conv get(String conversationId) {
    return all.get(conversationId);
  }

  /**
   * @param base up to here its entries are history for this device
   */
  Conv create(String conversationId, @Nullable String userId, long base) {
    Conv made = new Conv(conversationId, userId, base);
    all.put(conversationId, made);
    changed(made);
    return made;
  }

  void changed(Conv conversation) {
    changed.add(conversation);
  }

  /** At the end of a turn, before the commit; tells which changed. */
  List<Conv> save() {
    if (changed.isEmpty()) {
      return List.of();
    }
    List<Conv> saved = List.copyOf(changed);
    changed.clear();
    saved.forEach(conversation -> store.putConversation(conversation.record()));
    return saved;
  }

  Collection<Conv> all() {
    return all.values();
  }

  /** Those with the newest entries first. */
  List<Conv> newestFirst() {
    List<Conv> sorted = new ArrayList<>(all.values());
    sorted.sort(Comparator.comparing(Conv::lastStoredMillis).reversed());
    return sorted;
  }
}
