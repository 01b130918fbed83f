package chat.jovial.keys;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.JovialException;
import chat.jovial.keys.KeyTable.Found;
import chat.jovial.keys.KeyTable.Wrapped;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The data keys of a node. Unwrapped keys stay in memory for less than a minute, so that content is
 * unreadable everywhere a minute after one of its two keys was destroyed. One for each node; any
 * thread.
 */
public final class DataKeys {
  /** Below the minute that is promised, by the time that a read may take. */
  private static final Duration LIFE = Duration.ofSeconds(50);

  /** Some hundred bytes each. */
  private static final int MAX_KEYS = 50_000;

  private final Vertx vertx;
  private final KeyTable table;
  private final MasterKey master;
  private final Map<String, MasterKey> masters;
  private final SecureRandom random = new SecureRandom();
  private final AsyncCache<KeyScope, byte[]> cache =
      Caffeine.newBuilder().expireAfterWrite(LIFE).maximumSize(MAX_KEYS).buildAsync();

  private DataKeys(Vertx vertx, KeyTable table, MasterKey master, Map<String, MasterKey> masters) {
    this.vertx = vertx;
    this.table = table;
    this.master = master;
    this.masters = masters;
  }

  /** With the master key in that file, which is made if it is not there. Blocks on the disk. */
  public static Future<DataKeys> open(Vertx vertx, CassandraStore store, Path file) {
    try {
      if (!Files.exists(file)) {
        byte[] made = new byte[MasterKey.BYTES];
        new SecureRandom().nextBytes(made);
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, Base64.getEncoder().encodeToString(made));
      }
      MasterKey master = new MasterKey(Base64.getDecoder().decode(Files.readString(file).strip()));
      return prepare(vertx, store, master, Map.of(master.id(), master));
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
  }

  /**
   * @param master wraps new keys
   * @param masters all by which keys may still be wrapped, by id
   */
  static Future<DataKeys> prepare(
      Vertx vertx, CassandraStore store, MasterKey master, Map<String, MasterKey> masters) {
    return KeyTable.prepare(store).map(table -> new DataKeys(vertx, table, master, masters));
  }

  /** For content that is being written: keys that are missing are made. */
  public Future<ContentCipher> toWrite(KeyScope place, KeyScope sender, String content) {
    return cipher(key(place), key(sender), content);
  }

  /** For content that is there: it fails with {@code gone} if a key of it was destroyed. */
  public Future<ContentCipher> toRead(KeyScope place, KeyScope sender, String content) {
    // Whoever wrote it had both keys, so looking for them makes none.
    return toWrite(place, sender, content);
  }

  /** For good. Other nodes notice within {@link #LIFE}. */
  public Future<Void> destroy(KeyScope scope) {
    return table.destroy(scope).onSuccess(done -> cache.synchronous().invalidate(scope));
  }

  private static Future<ContentCipher> cipher(
      Future<byte[]> place, Future<byte[]> sender, String content) {
    return Future.all(place, sender)
        .map(both -> new ContentCipher(place.result(), sender.result(), content));
  }

  private Future<byte[]> key(KeyScope scope) {
    return Future.fromCompletionStage(
        cache.get(
            scope, (missing, executor) -> find(missing).toCompletionStage().toCompletableFuture()),
        vertx.getOrCreateContext());
  }

  private Future<byte[]> find(KeyScope scope) {
    return table
        .find(scope)
        .compose(found -> found.isPresent() ? unwrapped(scope, found.get()) : make(scope));
  }

  private Future<byte[]> make(KeyScope scope) {
    byte[] key = new byte[MasterKey.BYTES];
    random.nextBytes(key);
    return table
        .insert(scope, new Wrapped(master.wrap(key), master.id()))
        .compose(
            mine ->
                mine
                    ? Future.succeededFuture(key)
                    : table
                        .find(scope)
                        .compose(
                            found -> unwrapped(scope, found.orElse(new Found(Optional.empty())))));
  }

  private Future<byte[]> unwrapped(KeyScope scope, Found found) {
    if (found.isDestroyed()) {
      return Future.failedFuture(JovialException.gone("its key was destroyed"));
    }
    Wrapped wrapped = found.key().orElseThrow();
    MasterKey wrappedWith = masters.get(wrapped.master());
    if (wrappedWith == null) {
      return Future.failedFuture(
          new IllegalStateException(
              "the key of "
                  + scope.text()
                  + " is wrapped with the master key "
                  + wrapped.master()
                  + ", which this node does not have"));
    }
    return Future.succeededFuture(wrappedWith.unwrap(wrapped.key()));
  }
}
