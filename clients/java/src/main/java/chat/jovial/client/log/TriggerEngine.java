package chat.jovial.client.log;

import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.Entry;
import chat.jovial.client.store.Store;
import chat.jovial.client.store.TriggerRecord;
import chat.jovial.client.trigger.Trigger;
import chat.jovial.client.trigger.TriggerEvent;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Engine of the app's triggers. Each is evaluated for every entry that is news to the device,
 * however it came, in the order of its log, from the first entry after the trigger was registered.
 * Confined to the executor.
 *
 * <p>Exactly once: how far a trigger has got in a conversation is stored when its action has
 * returned, in one commit with what it {@code put}. So what it puts happens exactly once, across
 * crashes too. What it does elsewhere happens again if the process dies between that and the
 * commit. An action that throws counts as done. The next entry waits for the action of the one
 * before.
 */
public final class TriggerEngine {
  private static final Logger LOG = LoggerFactory.getLogger(TriggerEngine.class);

  /** Rules that an app may have; each looks at each entry. */
  private static final int MAX_TRIGGERS = 100;

  /** Entries read from the store at once. */
  private static final int PAGE = 100;

  private final SerialExecutor executor;
  private final Store store;
  private final Conversations conversations;
  private final Listeners listeners;
  private final Map<String, Boolean> pausedByName = new HashMap<>();
  private final Map<String, Map<String, Long>> positions = new HashMap<>();
  private final Set<String> dirty = new LinkedHashSet<>();
  private List<Trigger> byPriority = List.of();
  private int acting;

  TriggerEngine(
      SerialExecutor executor, Store store, Conversations conversations, Listeners listeners) {
    this.executor = executor;
    this.store = store;
    this.conversations = conversations;
    this.listeners = listeners;
    store.triggers().forEach(record -> pausedByName.put(record.name(), record.paused()));
  }

  /** Registers it for this run; one of an earlier run goes on where it was. */
  public void add(Trigger trigger) {
    List<Trigger> others = without(trigger.name());
    if (others.size() >= MAX_TRIGGERS) {
      throw new IllegalArgumentException("There may be " + MAX_TRIGGERS + " triggers.");
    }
    if (pausedByName.putIfAbsent(trigger.name(), false) == null) {
      store.putTrigger(new TriggerRecord(trigger.name(), false));
      for (ConversationState conversation : conversations.all()) {
        putPosition(trigger.name(), conversation.id, conversation.upto);
      }
    }
    byPriority =
        Stream.concat(others.stream(), Stream.of(trigger))
            .sorted(
                Comparator.comparingInt((Trigger each) -> each.priority())
                    .reversed()
                    .thenComparing(Trigger::name))
            .toList();
    evaluateAll();
  }

  private List<Trigger> without(String name) {
    return byPriority.stream().filter(other -> !other.name().equals(name)).toList();
  }

  /** It does nothing until it is resumed, also after a restart; then it catches up. */
  public void setPaused(String name, boolean paused) {
    if (pausedByName.replace(name, paused) == null) {
      throw new IllegalArgumentException("There is no trigger '" + name + "'.");
    }
    store.putTrigger(new TriggerRecord(name, paused));
    evaluateAll();
  }

  /** Forgets it, and how far it got. */
  public void remove(String name) {
    byPriority = without(name);
    pausedByName.remove(name);
    positions.remove(name);
    store.removeTrigger(name);
  }

  /** An event that is no entry; told live only. */
  public void handleLive(String type, JsonNode event) {
    for (Trigger trigger : byPriority) {
      if (trigger.on().equals(type) && !isPaused(trigger.name()) && trigger.matches(event)) {
        act(trigger, new TriggerEvent(null, event), () -> {});
      }
    }
  }

  /** Something of it became news. */
  public void handleShown(String conversationId) {
    if (!byPriority.isEmpty()) {
      dirty.add(conversationId);
      evaluate();
    }
  }

  private void evaluateAll() {
    conversations.all().forEach(conversation -> dirty.add(conversation.id));
    evaluate();
  }

  private void evaluate() {
    while (acting == 0 && !dirty.isEmpty()) {
      String id = dirty.iterator().next();
      if (!evaluatePage(id)) {
        dirty.remove(id);
      }
    }
  }

  /** Whether there may be more; stops where an action begins, and goes on when it has returned. */
  private boolean evaluatePage(String id) {
    ConversationState conversation = conversations.get(id);
    long upto = conversation == null ? 0 : conversation.upto;
    List<Trigger> due =
        byPriority.stream()
            .filter(each -> !isPaused(each.name()) && position(each.name(), id) < upto)
            .toList();
    if (due.isEmpty()) {
      return false;
    }
    long from = due.stream().mapToLong(each -> position(each.name(), id)).min().orElse(upto);
    List<Entry> page = store.entries(id, from + 1, upto, PAGE);
    for (Entry entry : page) {
      JsonNode json = Json.of(entry);
      for (Trigger trigger : due) {
        if (position(trigger.name(), id) < entry.seq()) {
          if (entry.is(trigger.on()) && trigger.matches(json)) {
            savePositions(due, id);
            act(
                trigger,
                new TriggerEvent(entry, json),
                () -> putPosition(trigger.name(), id, entry.seq()));
            return true;
          }
          positionsOf(trigger.name()).put(id, entry.seq());
        }
      }
    }
    if (page.size() < PAGE) {
      due.forEach(each -> positionsOf(each.name()).merge(id, upto, Math::max));
    }
    savePositions(due, id);
    return page.size() == PAGE;
  }

  private void savePositions(List<Trigger> due, String id) {
    due.forEach(each -> store.putTriggerPlace(each.name(), id, position(each.name(), id)));
  }

  private void act(Trigger trigger, TriggerEvent event, Runnable whenDone) {
    acting++;
    listeners.afterCommit(
        () ->
            listeners.call(
                () -> {
                  try {
                    trigger.action().act(event);
                  } catch (Exception | AssertionError e) {
                    LOG.error("The trigger {} failed.", trigger.name(), e);
                  } finally {
                    executor.execute(() -> finish(trigger, event, whenDone));
                  }
                }));
  }

  private void finish(Trigger trigger, TriggerEvent event, Runnable whenDone) {
    acting--;
    event.end().forEach(store::putKept);
    if (pausedByName.containsKey(trigger.name())) {
      whenDone.run();
    }
    evaluate();
  }

  private long position(String name, String conversationId) {
    Long known = positionsOf(name).get(conversationId);
    if (known != null) {
      return known;
    }
    @Nullable Long stored = store.triggerPlace(name, conversationId);
    long position = Math.max(stored == null ? 0 : stored, baseOf(conversationId));
    positionsOf(name).put(conversationId, position);
    return position;
  }

  private long baseOf(String conversationId) {
    ConversationState conversation = conversations.get(conversationId);
    return conversation == null ? 0 : conversation.base;
  }

  private Map<String, Long> positionsOf(String name) {
    return positions.computeIfAbsent(name, key -> new HashMap<>());
  }

  private void putPosition(String name, String conversationId, long upto) {
    positionsOf(name).put(conversationId, upto);
    store.putTriggerPlace(name, conversationId, upto);
  }

  private boolean isPaused(String name) {
    return pausedByName.getOrDefault(name, true);
  }
}
