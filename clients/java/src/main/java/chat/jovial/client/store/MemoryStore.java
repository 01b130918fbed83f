package chat.jovial.client.store;

import chat.jovial.client.model.Entry;
import chat.jovial.client.model.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Store in memory, which is not durable and says so. For devices without a disk, and for tests: the
 * same instance may be given to one client after another, as a disk would be.
 */
public final class MemoryStore implements Store {
  private final Map<String, String> settings = new HashMap<>();
  private final Map<String, TreeMap<Long, Entry>> entries = new HashMap<>();
  private final Map<String, TreeMap<Long, TreeMap<Long, Entry>>> byTarget = new HashMap<>();
  private final Map<String, ConversationRecord> conversations = new LinkedHashMap<>();
  private final TreeMap<Long, OutboxItem> outbox = new TreeMap<>();
  private final Map<String, TriggerRecord> triggers = new LinkedHashMap<>();
  private final Map<String, Map<String, Long>> places = new HashMap<>();
  private final TreeMap<String, String> kept = new TreeMap<>();

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public void commit() {}

  @Override
  public void close() {}

  @Override
  public @Nullable String setting(String name) {
    return settings.get(name);
  }

  @Override
  public void putSetting(String name, @Nullable String value) {
    if (value == null) {
      settings.remove(name);
    } else {
      settings.put(name, value);
    }
  }

  @Override
  public void putEntry(Entry entry) {
    entries.computeIfAbsent(entry.conversationId(), id -> new TreeMap<>()).put(entry.seq(), entry);
    Long target = entry.target();
    if (target != null) {
      byTarget
          .computeIfAbsent(entry.conversationId(), id -> new TreeMap<>())
          .computeIfAbsent(target, seq -> new TreeMap<>())
          .put(entry.seq(), entry);
    }
  }

  @Override
  public @Nullable Entry entry(String conversationId, long seq) {
    return log(conversationId).get(seq);
  }

  @Override
  public List<Entry> entries(String conversationId, long from, long upto, int limit) {
    if (from > upto) {
      return List.of();
    }
    return log(conversationId).subMap(from, true, upto, true).values().stream()
        .limit(limit)
        .toList();
  }

  @Override
  public List<Entry> messagesBefore(String conversationId, long before, int limit) {
    List<Entry> found =
        new ArrayList<>(
            log(conversationId).headMap(before, false).descendingMap().values().stream()
                .filter(entry -> entry.is(Kind.MESSAGE))
                .limit(limit)
                .toList());
    Collections.reverse(found);
    return found;
  }

  @Override
  public List<Entry> targeting(String conversationId, long from, long upto) {
    TreeMap<Long, TreeMap<Long, Entry>> targets = byTarget.get(conversationId);
    if (targets == null || from > upto) {
      return List.of();
    }
    TreeMap<Long, Entry> found = new TreeMap<>();
    targets.subMap(from, true, upto, true).values().forEach(found::putAll);
    return List.copyOf(found.values());
  }

  @Override
  public List<Range> ranges(String conversationId) {
    List<Range> ranges = new ArrayList<>();
    long from = -1;
    long last = -1;
    for (long seq : log(conversationId).keySet()) {
      if (from >= 0 && seq != last + 1) {
        ranges.add(new Range(from, last));
        from = seq;
      } else if (from < 0) {
        from = seq;
      }
      last = seq;
    }
    if (from >= 0) {
      ranges.add(new Range(from, last));
    }
    return ranges;
  }

  @Override
  public int countUnread(String conversationId, long above, String userId) {
    return (int)
        log(conversationId).tailMap(above, false).values().stream()
            .filter(entry -> entry.is(Kind.MESSAGE) && entry.body() != null)
            .filter(entry -> !entry.senderId().equals(userId))
            .count();
  }

  @Override
  public @Nullable Instant nextExpiry() {
    return entries.values().stream()
        .flatMap(log -> log.values().stream())
        .filter(entry -> entry.body() != null)
        .flatMap(entry -> Stream.ofNullable(entry.expiresAt()))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  @Override
  public List<Entry> expired(Instant now, int limit) {
    return entries.values().stream()
        .flatMap(log -> log.values().stream())
        .filter(entry -> entry.body() != null && isPast(entry.expiresAt(), now))
        .limit(limit)
        .toList();
  }

  private static boolean isPast(@Nullable Instant time, Instant now) {
    return time != null && !time.isAfter(now);
  }

  @Override
  public List<ConversationRecord> conversations() {
    return List.copyOf(conversations.values());
  }

  @Override
  public void putConversation(ConversationRecord conversation) {
    conversations.put(conversation.conversationId(), conversation);
  }

  @Override
  public List<OutboxItem> outbox() {
    return List.copyOf(outbox.values());
  }

  @Override
  public void putOutbox(OutboxItem item) {
    outbox.put(item.position(), item);
  }

  @Override
  public void removeOutbox(long position) {
    outbox.remove(position);
  }

  @Override
  public List<TriggerRecord> triggers() {
    return List.copyOf(triggers.values());
  }

  @Override
  public void putTrigger(TriggerRecord trigger) {
    triggers.put(trigger.name(), trigger);
  }

  @Override
  public void removeTrigger(String name) {
    triggers.remove(name);
    places.remove(name);
  }

  @Override
  public @Nullable Long triggerPlace(String name, String conversationId) {
    return places.getOrDefault(name, Map.of()).get(conversationId);
  }

  @Override
  public void putTriggerPlace(String name, String conversationId, long upto) {
    places.computeIfAbsent(name, key -> new HashMap<>()).put(conversationId, upto);
  }

  @Override
  public void putKept(String key, @Nullable String value) {
    if (value == null) {
      kept.remove(key);
    } else {
      kept.put(key, value);
    }
  }

  @Override
  public Map<String, String> kept(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    for (Map.Entry<String, String> each : kept.tailMap(prefix).entrySet()) {
      if (!each.getKey().startsWith(prefix)) {
        break;
      }
      found.put(each.getKey(), each.getValue());
    }
    return found;
  }

  private NavigableMap<Long, Entry> log(String conversationId) {
    TreeMap<Long, Entry> log = entries.get(conversationId);
    return log == null ? Collections.emptyNavigableMap() : log;
  }
}
