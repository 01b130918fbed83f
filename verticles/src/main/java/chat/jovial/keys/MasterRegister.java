package chat.jovial.keys;

import io.vertx.core.Future;
import java.util.Set;
import java.util.TreeSet;

/**
 * Register, in the store, of the ids of the master keys that wrap its data keys. A node that lacks
 * one of them adds none: so of two nodes with different keys that start on an empty store at once,
 * the first wins and the second fails. Any thread.
 */
final class MasterRegister {
  private final KeyTable table;
  private final MasterKeys masters;

  MasterRegister(KeyTable table, MasterKeys masters) {
    this.table = table;
    this.masters = masters;
  }

  /** Fails if this node lacks a master key that is in use. */
  static void check(Set<String> used, MasterKeys masters) {
    Set<String> missing = new TreeSet<>(used);
    missing.removeAll(masters.ids());
    if (!missing.isEmpty()) {
      throw new MasterKeyException(
          "The keys in Cassandra are wrapped with the master key %s, and %s has only %s. Copy master.key from a node that works, or from your backup of it, or add its line to this one."
              .formatted(
                  String.join(", ", missing),
                  masters.origin(),
                  String.join(", ", new TreeSet<>(masters.ids()))));
    }
  }

  /** Succeeds when the store says that this master key is in use. */
  Future<Void> add(String id) {
    return table
        .masters()
        .compose(
            used -> {
              check(used, masters);
              if (used.contains(id)) {
                return Future.succeededFuture();
              }
              Set<String> more = new TreeSet<>(used);
              more.add(id);
              return table
                  .changeMasters(used, more)
                  .compose(changed -> changed ? Future.succeededFuture() : add(id));
            });
  }

  /** Nothing is wrapped with these any more. */
  Future<Void> remove(Set<String> ids) {
    return table
        .masters()
        .compose(
            used -> {
              Set<String> less = new TreeSet<>(used);
              less.removeAll(ids);
              return less.equals(used)
                  ? Future.succeededFuture()
                  : table
                      .changeMasters(used, less)
                      .compose(changed -> changed ? Future.succeededFuture() : remove(ids));
            });
  }
}
