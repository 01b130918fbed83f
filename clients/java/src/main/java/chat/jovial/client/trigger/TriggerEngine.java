package chat.jovial.client.trigger;

import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.Entry;
import chat.jovial.client.store.Store;
import chat.jovial.client.store.TriggerRecord;
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
 * Evaluates each trigger for every entry that is news to the device, however it came, in the order
 * of its log, from the first entry after the process in which the trigger was first registered
 * began. Confined to the executor.
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

  /** Where the conversations of the device end. */
  public interface Ends {
    Map<String, Long> all();

    /** Up to here a conversation's entries are history for this device. */
    long baseOf(String conversationId);

    /** Up to here it has all that is news. */
    long uptoOf(String conversationId);
  }

  /** Runs something after the commit of the turn, and an app's code where it belongs. */
  public interface Runner {
    void afterCommit(Runnable action);

    void call(Runnable appCode);
  }

  private final SerialExecutor executor;
  private final Store store;
  private final Ends ends;
  private final Runner runner;
  private final Map<String, Boolean> pausedByName = new HashMap<>();
  private final Map<String, Map<String, Long>> places = new HashMap<>();
  private final Map<String, Long> atStart;
  private final Set<String> dirty = new LinkedHashSet<>();
  private List<Trigger> byPriority = List.of();
  private int acting;

  public TriggerEngine(SerialExecutor executor, Store store, Ends ends, Runner runner) {
    this.executor = executor;
    this.store = store;
    this.ends = ends;
    this.runner = runner;
    this.atStart = Map.copyOf(ends.all());
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
      atStart.forEach((id, upto) -> putPlace(trigger.name(), id, upto));
    }
    byPriority =
        Stream.concat(others.stream(), Stream.of(trigger))
            .sorted(
                Comparator.comparingInt((Trigger each) -> each.priority())
                    .reversed()
                    .thenComparing(Trigger::name))
            .toList();
    lookAtAll();
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
    lookAtAll();
  }

  /** Forgets it, and how far it got. */
  public void remove(String name) {
    byPriority = without(name);
    pausedByName.remove(name);
    places.remove(name);
    store.removeTrigger(name);
  }

  /** An event that is no entry; told live only. */
  public void handleLive(String type, JsonNode event) {
    for (Trigger trigger : byPriority) {
      if (trigger.on().equals(type)
          && !isPaused(trigger.name())
          && Matcher.matches(trigger.where(), event)) {
        act(trigger, new TriggerEvent(null, event), () -> {});
      }
    }
  }

  /** Something of it became news. */
  public void handleShown(String conversationId) {
    if (!byPriority.isEmpty()) {
      dirty.add(conversationId);
      look();
    }
  }

  private void lookAtAll() {
    dirty.addAll(ends.all().keySet());
    look();
  }

  private void look() {
    while (acting == 0 && !dirty.isEmpty()) {
      String id = dirty.iterator().next();
      if (!lookAtPage(id)) {
        dirty.remove(id);
      }
    }
  }

  /** Whether there may be more; stops where an action begins, and goes on when it has returned. */
  private boolean lookAtPage(String id) {
    long upto = ends.uptoOf(id);
    List<Trigger> due =
        byPriority.stream()
            .filter(each -> !isPaused(each.name()) && place(each.name(), id) < upto)
            .toList();
    if (due.isEmpty()) {
      return false;
    }
    long from = due.stream().mapToLong(each -> place(each.name(), id)).min().orElse(upto);
    List<Entry> page = store.entries(id, from + 1, upto, PAGE);
    for (Entry entry : page) {
      JsonNode json = Json.of(entry);
      for (Trigger trigger : due) {
        if (place(trigger.name(), id) < entry.seq()) {
          if (entry.is(trigger.on()) && Matcher.matches(trigger.where(), json)) {
            savePlaces(due, id);
            act(
                trigger,
                new TriggerEvent(entry, json),
                () -> putPlace(trigger.name(), id, entry.seq()));
            return true;
          }
          placesOf(trigger.name()).put(id, entry.seq());
        }
      }
    }
    if (page.size() < PAGE) {
      due.forEach(each -> placesOf(each.name()).merge(id, upto, Math::max));
    }
    savePlaces(due, id);
    return page.size() == PAGE;
  }

  private void savePlaces(List<Trigger> due, String id) {
    due.forEach(each -> store.putTriggerPlace(each.name(), id, place(each.name(), id)));
  }

  private void act(Trigger trigger, TriggerEvent event, Runnable whenDone) {
    acting++;
    runner.afterCommit(
        () ->
            runner.call(
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
    look();
  }

  private long place(String name, String conversationId) {
    Long known = placesOf(name).get(conversationId);
    if (known != null) {
      return known;
    }
    @Nullable Long stored = store.triggerPlace(name, conversationId);
    long place = Math.max(stored == null ? 0 : stored, ends.baseOf(conversationId));
    placesOf(name).put(conversationId, place);
    return place;
  }

  private Map<String, Long> placesOf(String name) {
    return places.computeIfAbsent(name, key -> new HashMap<>());
  }

  private void putPlace(String name, String conversationId, long upto) {
    placesOf(name).put(conversationId, upto);
    store.putTriggerPlace(name, conversationId, upto);
  }

  private boolean isPaused(String name) {
    return pausedByName.getOrDefault(name, true);
  }
}
