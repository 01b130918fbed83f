package chat.jovial.cluster;

import com.hazelcast.map.IMap;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries of this node in the directory of devices. It alone writes them, one batch after the
 * other, so the last write is the latest state. Each entry has a unique number and is removed only
 * if it still has it: a late removal, one that was repeated after its answer was lost, cannot
 * remove the entry of a user who has reconnected. Any thread; the map is written by one worker at a
 * time.
 */
final class LocalDeviceEntries {
  static final String SEPARATOR = "@";

  private static final Logger LOG = LoggerFactory.getLogger(LocalDeviceEntries.class);

  /** Written together: some tens of kilobytes. */
  private static final int MAX_WRITES = 1_000;

  /** Removed one by one, for the condition; nobody waits for it, but those who enter do. */
  private static final int MAX_REMOVALS = 100;

  private record Entry(long number, Promise<Void> written) {}

  private final IMap<String, Long> map;
  private final String here;
  private final WorkerExecutor workers;

  /** One for each user with a device here, of which there are no more than connections. */
  private final Map<String, Entry> entries = new HashMap<>();

  private final Map<String, Entry> toWrite = new LinkedHashMap<>();

  /** By user: the number of the entry that is to go. */
  private final Map<String, Long> toRemove = new LinkedHashMap<>();

  private long lastNumber;
  private boolean working;

  LocalDeviceEntries(IMap<String, Long> map, String here, WorkerExecutor workers) {
    this.map = map;
    this.here = here;
    this.workers = workers;
  }

  static String key(String node, String userId) {
    return node + SEPARATOR + userId;
  }

  synchronized boolean contains(String userId) {
    return entries.containsKey(userId);
  }

  synchronized Future<Void> registerDevice(String userId) {
    Entry entry = entries.get(userId);
    if (entry == null) {
      entry = new Entry(++lastNumber, Promise.promise());
      entries.put(userId, entry);
      toWrite.put(userId, entry);
      work();
    }
    Context context = Vertx.currentContext();
    Promise<Void> registered =
        context == null ? Promise.promise() : ((ContextInternal) context).promise();
    entry.written().future().onComplete(registered);
    return registered.future();
  }

  synchronized void unregisterDevice(String userId) {
    Entry entry = entries.remove(userId);
    if (entry != null) {
      boolean neverSent = toWrite.remove(userId) != null && !entry.written().future().isComplete();
      entry.written().tryComplete();
      if (!neverSent) {
        toRemove.put(userId, entry.number());
        work();
      }
    }
  }

  /** So that they do not run out, or because they may have been lost. */
  synchronized void writeAllAgain() {
    toWrite.putAll(entries);
    work();
  }

  /** Under the lock. */
  private void work() {
    if (working || (toWrite.isEmpty() && toRemove.isEmpty())) {
      return;
    }
    working = true;
    Map<String, Entry> writes = take(toWrite, MAX_WRITES);
    Map<String, Long> removals = take(toRemove, MAX_REMOVALS);
    workers
        .executeBlocking(
            () -> {
              write(writes);
              removals.forEach((userId, number) -> map.remove(key(here, userId), number));
              return null;
            },
            false)
        .onComplete(
            done -> {
              List<Promise<Void>> waiting = new ArrayList<>(writes.size());
              writes.values().forEach(entry -> waiting.add(entry.written()));
              synchronized (this) {
                working = false;
                if (done.failed()) {
                  LOG.warn("Where devices are cannot be written: {}", done.cause().toString());
                }
                work();
              }
              for (Promise<Void> written : waiting) {
                if (done.succeeded()) {
                  written.tryComplete();
                } else {
                  written.tryFail(done.cause());
                }
              }
            });
  }

  private void write(Map<String, Entry> writes) {
    Map<String, Long> all = new HashMap<>();
    writes.forEach((userId, entry) -> all.put(key(here, userId), entry.number()));
    if (!all.isEmpty()) {
      map.putAll(all);
    }
  }

  private static <V> Map<String, V> take(Map<String, V> from, int most) {
    Map<String, V> taken = new HashMap<>();
    Iterator<Map.Entry<String, V>> left = from.entrySet().iterator();
    while (left.hasNext() && taken.size() < most) {
      Map.Entry<String, V> next = left.next();
      taken.put(next.getKey(), next.getValue());
      left.remove();
    }
    return taken;
  }
}
