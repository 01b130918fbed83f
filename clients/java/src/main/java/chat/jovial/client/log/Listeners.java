package chat.jovial.client.log;

import chat.jovial.client.model.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registry of listeners. Events of a turn are emitted after the store has committed it: nobody sees
 * what a crash could revert. Listeners may be added and removed on any thread; the rest is confined
 * to the executor.
 */
public final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final Map<Event<?>, List<Consumer<Object>>> all = new ConcurrentHashMap<>();
  private final @Nullable Executor callbacks;
  private List<Runnable> afterCommit = new ArrayList<>();

  /**
   * @param callbacks where listeners run; null for the executor itself
   */
  public Listeners(@Nullable Executor callbacks) {
    this.callbacks = callbacks;
  }

  /** Any thread. What is returned takes the listener away again. */
  public <T> Runnable add(Event<T> event, Consumer<? super T> listener) {
    @SuppressWarnings("unchecked") // emit() takes only the event's own type.
    Consumer<Object> any = value -> listener.accept((T) value);
    List<Consumer<Object>> list = all.computeIfAbsent(event, key -> new CopyOnWriteArrayList<>());
    list.add(any);
    return () -> list.remove(any);
  }

  /** Emits after the commit; the value is made then, and only if anyone listens. */
  <T> void emit(Event<T> event, Supplier<? extends @Nullable T> value) {
    List<Consumer<Object>> listeners = all.get(event);
    if (listeners != null && !listeners.isEmpty()) {
      afterCommit.add(
          () -> {
            Object made = value.get();
            if (made != null) {
              call(() -> listeners.forEach(listener -> safely(() -> listener.accept(made))));
            }
          });
    }
  }

  /** For what must wait for the commit but is no event, such as the completion of futures. */
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  /** An app's code: where listeners run, and its failures are its own. */
  public void call(Runnable action) {
    if (callbacks == null) {
      safely(action);
    } else {
      callbacks.execute(() -> safely(action));
    }
  }

  /** When the commit failed: nothing of this turn is true. */
  void forgetAll() {
    afterCommit.clear();
  }

  /** At the end of a turn, after the commit. */
  public void callAll() {
    while (!afterCommit.isEmpty()) {
      List<Runnable> actions = afterCommit;
      afterCommit = new ArrayList<>();
      actions.forEach(Listeners::safely);
    }
  }

  private static void safely(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | AssertionError e) {
      LOG.error("A listener of the client kit failed.", e);
    }
  }
}
