package chat.jovial.keys;

import chat.jovial.keys.KeyTable.Found;
import chat.jovial.keys.KeyTable.Page;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Operator commands on keys: status, rotation, destruction; directly on the store, whether nodes
 * run or not. Any thread; one operation at a time.
 */
public final class KeyAdministration {
  /** Keys rewrapped concurrently: each is a conditional write. */
  private static final int PARALLEL = 16;

  private final KeyTable table;
  private final MasterKeys masters;
  private final MasterRegister register;

  private KeyAdministration(KeyTable table, MasterKeys masters) {
    this.table = table;
    this.masters = masters;
    this.register = new MasterRegister(table, masters);
  }

  /** Opens the master keys; makes none. */
  public static Future<KeyAdministration> open(Vertx vertx, KeyTable table, KeysConfig config) {
    return vertx
        .executeBlocking(() -> config.open(false))
        .map(masters -> new KeyAdministration(table, masters));
  }

  static KeyAdministration of(KeyTable table, MasterKeys masters) {
    return new KeyAdministration(table, masters);
  }

  /**
   * What there is.
   *
   * @param keysByMaster how many keys are wrapped with each master key, by its id
   * @param destroyed the scopes whose keys were destroyed, {@code user ID} and so on
   * @param wrapsWith the id of the master key that wraps new keys here
   * @param known the ids of those that can be unwrapped here
   * @param used the ids of those that the nodes may not lack
   */
  public record Status(
      Map<String, Long> keysByMaster,
      Set<String> destroyed,
      String wrapsWith,
      Set<String> known,
      Set<String> used) {}

  public Future<Status> status() {
    Map<String, Long> keysByMaster = new TreeMap<>();
    Set<String> destroyed = new TreeSet<>();
    return table
        .scan()
        .compose(
            first ->
                eachPage(
                    first,
                    page -> {
                      for (Found found : page.keys()) {
                        found
                            .key()
                            .ifPresentOrElse(
                                key -> keysByMaster.merge(key.master(), 1L, Long::sum),
                                () -> destroyed.add(found.scope().text()));
                      }
                      return Future.succeededFuture();
                    }))
        .compose(all -> table.masters())
        .map(used -> new Status(keysByMaster, destroyed, masters.wrapsWith(), masters.ids(), used));
  }

  /**
   * How far a rotation is.
   *
   * @param done rewrapped by it
   * @param before wrapped with the first master key already, or destroyed meanwhile
   * @param failed left as they were
   */
  public record Rotated(long done, long before, long failed, String firstFailure) {}

  /**
   * Wraps every key with the first master key. What it wraps is the same key, so nothing that was
   * written with it changes. May be ended at any time and done again: it goes on where it was.
   *
   * @param progress receives the sum after each page
   */
  public Future<Rotated> rotate(Consumer<Rotated> progress) {
    String first = masters.wrapsWith();
    Rotation rotation = new Rotation(first);
    return table
        .masters()
        .compose(
            used -> {
              MasterRegister.check(used, masters);
              return used.isEmpty() ? Future.succeededFuture() : register.add(first);
            })
        .compose(registered -> table.scan())
        .compose(
            page ->
                eachPage(
                    page,
                    each -> rotation.of(each).onSuccess(done -> progress.accept(rotation.sum()))))
        .compose(all -> forgetUnused(rotation))
        .map(all -> rotation.sum());
  }

  /** What nothing is wrapped with any more, nodes need not have. */
  private Future<Void> forgetUnused(Rotation rotation) {
    if (rotation.failed.get() > 0) {
      return Future.succeededFuture();
    }
    // Looked at again: a node may have gone on with another one meanwhile.
    return status()
        .compose(
            status -> {
              Set<String> unused = new TreeSet<>(status.used());
              unused.removeAll(status.keysByMaster().keySet());
              unused.remove(status.wrapsWith());
              return unused.isEmpty() ? Future.succeededFuture() : register.remove(unused);
            });
  }

  /** One run; counted by the thread that the store answers on. */
  private final class Rotation {
    private final String first;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong before = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile String firstFailure = "";

    Rotation(String first) {
      this.first = first;
    }

    Rotated sum() {
      return new Rotated(done.get(), before.get(), failed.get(), firstFailure);
    }

    Future<Void> of(Page page) {
      return of(page.keys(), 0);
    }

    private Future<Void> of(List<Found> keys, int from) {
      if (from >= keys.size()) {
        return Future.succeededFuture();
      }
      int to = Math.min(keys.size(), from + PARALLEL);
      List<Future<Void>> some = new ArrayList<>();
      keys.subList(from, to).forEach(found -> some.add(of(found)));
      return Future.all(some).compose(all -> of(keys, to));
    }

    private Future<Void> of(Found found) {
      if (found.isDestroyed()) {
        return Future.succeededFuture();
      }
      WrappedKey key = found.key().orElseThrow();
      if (key.master().equals(first)) {
        before.incrementAndGet();
        return Future.succeededFuture();
      }
      return masters
          .unwrap(key)
          .compose(masters::wrap)
          .compose(rewrapped -> table.rewrap(found.scope(), rewrapped, key.master()))
          .map(
              mine -> {
                (mine ? done : before).incrementAndGet();
                return (Void) null;
              })
          .recover(
              failure -> {
                if (failed.getAndIncrement() == 0) {
                  firstFailure = found.scope().text() + ": " + failure.getMessage();
                }
                return Future.succeededFuture();
              });
    }
  }

  /** Whether there was a key. From now on none is ever made for it, either way. */
  public Future<Boolean> destroy(KeyScope scope) {
    AtomicBoolean there = new AtomicBoolean();
    return table
        .find(scope)
        .compose(
            found -> {
              there.set(found.isPresent() && !found.get().isDestroyed());
              return table.destroy(scope);
            })
        .map(done -> there.get());
  }

  private interface PageTask {
    Future<Void> run(Page page);
  }

  private Future<Void> eachPage(Page page, PageTask task) {
    return task.run(page)
        .compose(
            done ->
                page.next()
                    .map(
                        result ->
                            table.scanOn(result).compose(following -> eachPage(following, task)))
                    .orElseGet(Future::succeededFuture));
  }
}
