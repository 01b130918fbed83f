package chat.jovial.client.trigger;

import chat.jovial.client.loop.KitLoop;
import chat.jovial.client.model.Entry;
import chat.jovial.client.store.Firing;
import chat.jovial.client.store.LocalStore;
import chat.jovial.client.store.TriggerRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires each trigger once for each entry that matches, also across restarts. Confined to the loop.
 *
 * <p>Per trigger and conversation the store knows up to which {@code seq} the trigger has looked;
 * what came while the app, or only the trigger, was away is looked at when it is back. A match goes
 * through three commits: <em>due</em>, together with the place, so that it is not forgotten;
 * <em>started</em>, before the action is called, so that it is not called twice; and gone, when the
 * action has returned. If the process dies in between, a due one is fired at the next start, and a
 * started one is not: how far its action came nobody knows, and it is logged.
 */
public final class TriggerEngine {
  private static final Logger LOG = LoggerFactory.getLogger(TriggerEngine.class);

  /** Rules that an app may have; each looks at each entry. */
  private static final int MAX_TRIGGERS = 200;

  /** Entries looked at in one turn when a trigger catches up. */
  private static final int PAGE = 200;

  /** Where the conversations of the device end. */
  public interface Ends {
    Map<String, Long> all();

    /** Up to here a conversation's entries are history for this device. */
    long baseOf(String conversationId);

    long uptoOf(String conversationId);
  }

  /** Runs something after the commit of the turn, and an app's code where it belongs. */
  public interface Runner {
    void afterCommit(Runnable action);

    void call(Runnable appCode);
  }

  private final KitLoop loop;
  private final LocalStore store;
  private final Ends ends;
  private final Runner runner;
  private final Map<String, Trigger> active = new HashMap<>();
  private final Map<String, Boolean> known = new HashMap<>();
  private final Map<String, Map<String, Long>> places = new HashMap<>();
  private final List<Due> due = new ArrayList<>();
  private List<Trigger> byPriority = List.of();

  private record Due(Trigger trigger, Firing firing) {}

  public TriggerEngine(KitLoop loop, LocalStore store, Ends ends, Runner runner) {
    this.loop = loop;
    this.store = store;
    this.ends = ends;
    this.runner = runner;
    store.triggers().forEach(record -> known.put(record.name(), record.paused()));
  }

  /**
   * Registers it for this run. A new one begins with what comes from now on; one of an earlier run
   * goes on where it was.
   */
  public void add(Trigger trigger) {
    if (active.size() >= MAX_TRIGGERS && !active.containsKey(trigger.name())) {
      throw new IllegalArgumentException("At most " + MAX_TRIGGERS + " triggers.");
    }
    if (!known.containsKey(trigger.name())) {
      store.putTrigger(new TriggerRecord(trigger.name(), false));
      known.put(trigger.name(), false);
      ends.all().forEach((id, upto) -> putPlace(trigger.name(), id, upto));
    }
    Trigger before = active.put(trigger.name(), trigger);
    sort();
    if (before == null) {
      recover(trigger);
    }
    catchUp(trigger);
  }

  /** Nothing fires until it is resumed, also after a restart; then what came meanwhile does. */
  public void pause(String name) {
    setPaused(name, true);
  }

  public void resume(String name) {
    setPaused(name, false);
    Trigger trigger = active.get(name);
    if (trigger != null) {
      catchUp(trigger);
    }
  }

  /** Forgets it, and what it has seen. */
  public void remove(String name) {
    active.remove(name);
    known.remove(name);
    places.remove(name);
    due.removeIf(one -> one.trigger.name().equals(name));
    store.removeTrigger(name);
    sort();
  }

  /** Entries, in order, became the end of what is held of a conversation. */
  public void handleShown(String conversationId, List<Entry> run) {
    long first = run.get(0).seq();
    long last = run.get(run.size() - 1).seq();
    List<Trigger> ready = new ArrayList<>();
    for (Trigger trigger : byPriority) {
      if (!isPaused(trigger.name())) {
        if (place(trigger.name(), conversationId) == first - 1) {
          ready.add(trigger);
        } else {
          catchUp(trigger, conversationId);
        }
      }
    }
    for (Entry entry : run) {
      ready.forEach(trigger -> look(trigger, entry));
    }
    ready.forEach(trigger -> putPlace(trigger.name(), conversationId, last));
  }

  private void look(Trigger trigger, Entry entry) {
    if (Matcher.matches(trigger, entry)) {
      Firing firing = new Firing(trigger.name(), entry.conversationId(), entry.seq(), false);
      store.putFiring(firing);
      enqueue(new Due(trigger, firing));
    }
  }

  private void enqueue(Due one) {
    due.add(one);
    if (due.size() == 1) {
      runner.afterCommit(() -> loop.execute(this::startDue));
    }
  }

  private void startDue() {
    List<Due> starting = List.copyOf(due);
    due.clear();
    for (Due one : starting) {
      Firing firing = one.firing;
      store.putFiring(new Firing(firing.trigger(), firing.conversationId(), firing.seq(), true));
    }
    runner.afterCommit(() -> starting.forEach(this::call));
  }

  private void call(Due one) {
    Firing firing = one.firing;
    Entry entry = store.entry(firing.conversationId(), firing.seq());
    if (entry == null) {
      loop.execute(() -> store.removeFiring(firing));
      return;
    }
    Consumer<Entry> action = one.trigger.action();
    runner.call(
        () -> {
          try {
            action.accept(entry);
          } catch (RuntimeException | AssertionError e) {
            LOG.error("The trigger {} failed; it is not fired again.", firing.trigger(), e);
          } finally {
            loop.execute(() -> store.removeFiring(firing));
          }
        });
  }

  private void recover(Trigger trigger) {
    for (Firing firing : store.firings(trigger.name())) {
      if (firing.started()) {
        LOG.warn(
            "The process ended while the trigger {} acted on entry {} of {}; it is not fired again.",
            firing.trigger(),
            firing.seq(),
            firing.conversationId());
        store.removeFiring(firing);
      } else {
        enqueue(new Due(trigger, firing));
      }
    }
  }

  private void catchUp(Trigger trigger) {
    ends.all()
        .forEach(
            (id, upto) -> {
              if (place(trigger.name(), id) < upto) {
                catchUp(trigger, id);
              }
            });
  }

  private void catchUp(Trigger trigger, String conversationId) {
    if (active.get(trigger.name()) != trigger || isPaused(trigger.name())) {
      return;
    }
    long from = place(trigger.name(), conversationId) + 1;
    long upto = ends.uptoOf(conversationId);
    List<Entry> page = store.entries(conversationId, from, upto, PAGE);
    page.forEach(entry -> look(trigger, entry));
    if (page.size() < PAGE) {
      putPlace(trigger.name(), conversationId, upto);
    } else {
      putPlace(trigger.name(), conversationId, page.get(PAGE - 1).seq());
      loop.execute(() -> catchUp(trigger, conversationId));
    }
  }

  private long place(String name, String conversationId) {
    Map<String, Long> ofTrigger = places.computeIfAbsent(name, key -> new HashMap<>());
    @Nullable Long place = ofTrigger.get(conversationId);
    if (place == null) {
      place = store.triggerPlace(name, conversationId);
      if (place == null) {
        place = ends.baseOf(conversationId);
      }
      ofTrigger.put(conversationId, place);
    }
    return place;
  }

  private void putPlace(String name, String conversationId, long upto) {
    places.computeIfAbsent(name, key -> new HashMap<>()).put(conversationId, upto);
    store.putTriggerPlace(name, conversationId, upto);
  }

  private boolean isPaused(String name) {
    return known.getOrDefault(name, false);
  }

  private void setPaused(String name, boolean paused) {
    if (known.containsKey(name)) {
      known.put(name, paused);
      store.putTrigger(new TriggerRecord(name, paused));
    }
  }

  private void sort() {
    byPriority =
        active.values().stream()
            .sorted(
                Comparator.comparingInt(Trigger::priority).reversed().thenComparing(Trigger::name))
            .toList();
  }
}
