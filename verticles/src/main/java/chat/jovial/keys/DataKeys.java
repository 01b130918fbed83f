package chat.jovial.keys;

import chat.jovial.contract.JovialException;
import chat.jovial.keys.KeyTable.Found;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cache and maker of the data keys of a node. Unwrapped ones stay in memory for less than a minute
 * ({@link KeyCache}), so that content is unreadable everywhere a minute after one of its two keys
 * was destroyed. One for each node; any thread, and each caller is answered on its own context.
 */
public final class DataKeys {
  private static final Logger LOG = LoggerFactory.getLogger(DataKeys.class);

  /** How often a file of master keys is checked for changes. */
  private static final Duration READ_AGAIN = Duration.ofSeconds(10);

  /** Derived keys, some hundred bytes each; forgetting one costs some microseconds. */
  private static final int MAX_DERIVED = 50_000;

  private static final Duration RETRY = Duration.ofSeconds(5);

  /** How often the same complaint is logged. */
  private static final Duration COMPLAIN = Duration.ofSeconds(10);

  private final KeyTable table;
  private final MasterKeys masters;
  private final MasterRegister register;
  private final KeyCache cache;
  private final SingleFlight<KeyScope, Optional<DataKey>> reads;
  private final SingleFlight<KeyScope, DataKey> makes;
  private final SecureRandom random = new SecureRandom();
  private final Cache<BodyPlace, Derived> derived;
  private final AtomicReference<@Nullable Registered> registered = new AtomicReference<>();
  private volatile long complainedAt;

  private record BodyPlace(String conversationId, String senderId) {}

  /** A key and what it was made from: no good when one of these is not the present one any more. */
  private record Derived(DataKey conversation, DataKey sender, BodyKey key) {}

  private record Registered(String master, long at) {}

  DataKeys(Vertx vertx, KeyTable table, MasterKeys masters, Ticker ticker) {
    this.table = table;
    this.masters = masters;
    this.register = new MasterRegister(table, masters);
    this.cache = new KeyCache(ticker);
    this.reads = new SingleFlight<>(vertx);
    this.makes = new SingleFlight<>(vertx);
    this.derived =
        Caffeine.newBuilder()
            .ticker(ticker)
            .expireAfterWrite(KeyCache.LIFE)
            .maximumSize(MAX_DERIVED)
            .build();
    this.complainedAt = System.nanoTime() - COMPLAIN.toNanos();
  }

  /**
   * Reads the master keys, or makes one if the store has nothing that is encrypted. Fails with
   * {@link MasterKeyException} if they are not those of the store.
   */
  public static Future<DataKeys> start(Vertx vertx, KeyTable table, KeysConfig config) {
    return table
        .masters()
        .compose(
            used ->
                vertx.executeBlocking(
                    () -> {
                      MasterKeys masters = config.open(used.isEmpty());
                      MasterRegister.check(used, masters);
                      return masters;
                    },
                    false))
        .map(
            masters -> {
              if (masters instanceof MasterKeyFile file) {
                vertx.setPeriodic(READ_AGAIN.toMillis(), tick -> readAgain(vertx, file));
              }
              warmUp(vertx);
              return new DataKeys(vertx, table, masters, Ticker.systemTicker());
            });
  }

  private static void readAgain(Vertx vertx, MasterKeyFile file) {
    vertx
        .executeBlocking(
            () -> {
              file.readAgain();
              return file.wrapsWith();
            },
            false)
        .onFailure(failure -> LOG.error("The file of master keys was not read again", failure));
  }

  /** Loads the classes beside the rest of the start, rather than with the first message. */
  private static void warmUp(Vertx vertx) {
    vertx
        .executeBlocking(
            () -> {
              MasterKey master = new MasterKey(new byte[MasterKey.BYTES]);
              byte[] key = master.unwrap(master.wrap(new byte[MasterKey.BYTES]));
              BodyKey body =
                  BodyKey.of(
                      DataKey.of(KeyScope.conversation(""), key),
                      DataKey.of(KeyScope.user(""), key));
              return body.open(1, body.seal(1, 1, "{}"));
            },
            false)
        .onFailure(failure -> LOG.error("This JVM cannot encrypt", failure));
  }

  /** The master keys of this node, for other secrets at rest. */
  public MasterKeys masters() {
    return masters;
  }

  /** For content that is being written: keys that are missing are made. */
  public Future<ContentCipher> toWrite(KeyScope place, KeyScope sender, String content) {
    return combine(
        getOrCreate(place),
        getOrCreate(sender),
        (placeKey, senderKey) -> new ContentCipher(placeKey, senderKey, content));
  }

  /** For content that is there: it fails with {@code gone} if a key of it was destroyed. */
  public Future<ContentCipher> toRead(KeyScope place, KeyScope sender, String content) {
    return combine(
        find(place),
        find(sender),
        (placeKey, senderKey) -> {
          placeKey.filter(DataKey::isDestroyed).ifPresent(DataKey::bytes);
          senderKey.filter(DataKey::isDestroyed).ifPresent(DataKey::bytes);
          if (placeKey.isEmpty() || senderKey.isEmpty()) {
            throw new IllegalStateException("The keys of " + content + " are not in the store");
          }
          return new ContentCipher(placeKey.get(), senderKey.get(), content);
        });
  }

  /** For bodies that are being written: keys that are missing are made. */
  public Future<BodyKey> toWriteBodies(String conversationId, String senderId) {
    BodyPlace place = new BodyPlace(conversationId, senderId);
    return combine(
        getOrCreate(KeyScope.conversation(conversationId)),
        getOrCreate(KeyScope.user(senderId)),
        (conversationKey, senderKey) ->
            bodyKey(place, Optional.of(conversationKey), Optional.of(senderKey)));
  }

  /** For bodies that are there. */
  public Future<BodyKey> toReadBodies(String conversationId, String senderId) {
    BodyPlace place = new BodyPlace(conversationId, senderId);
    return combine(
        find(KeyScope.conversation(conversationId)),
        find(KeyScope.user(senderId)),
        (conversationKey, senderKey) -> bodyKey(place, conversationKey, senderKey));
  }

  /** Fails with {@code gone} where nothing can be written any more. */
  public Future<Void> checkWritable(String conversationId, String senderId) {
    return combine(
        getOrCreate(KeyScope.conversation(conversationId)),
        getOrCreate(KeyScope.user(senderId)),
        (conversationKey, senderKey) -> {
          if (conversationKey.isDestroyed()) {
            throw conversationKey.scope().gone();
          }
          if (senderKey.isDestroyed()) {
            throw senderKey.scope().gone();
          }
          return null;
        });
  }

  /** Permanently. Other nodes notice within {@link KeyCache#LIFE}. */
  public Future<Void> destroy(KeyScope scope) {
    return table.destroy(scope).onSuccess(done -> cache.put(DataKey.destroyed(scope), cache.now()));
  }

  private BodyKey bodyKey(
      BodyPlace place, Optional<DataKey> conversation, Optional<DataKey> sender) {
    String name = "conversation " + place.conversationId() + "\nuser " + place.senderId();
    if (conversation.filter(DataKey::isDestroyed).isPresent()
        || sender.filter(DataKey::isDestroyed).isPresent()) {
      return BodyKey.destroyed(name);
    }
    if (conversation.isEmpty() || sender.isEmpty()) {
      return BodyKey.missing(name);
    }
    Derived known = derived.getIfPresent(place);
    if (known != null
        && known.conversation() == conversation.get()
        && known.sender() == sender.get()) {
      return known.key();
    }
    BodyKey key = BodyKey.of(conversation.get(), sender.get());
    derived.put(place, new Derived(conversation.get(), sender.get(), key));
    return key;
  }

  @FunctionalInterface
  private interface Combination<A, B> {
    @Nullable B apply(A place, A sender);
  }

  /** Without a turn of the event loop if both are there, as they nearly always are. */
  private static <A, B> Future<B> combine(
      Future<A> place, Future<A> sender, Combination<A, B> made) {
    return place.succeeded() && sender.succeeded()
        ? place.map(placeKey -> made.apply(placeKey, sender.result()))
        : Future.all(place, sender).map(done -> made.apply(place.result(), sender.result()));
  }

  /** The key, made if it is missing. */
  private Future<DataKey> getOrCreate(KeyScope scope) {
    return find(scope)
        .compose(
            found ->
                found
                    .map(Future::succeededFuture)
                    .orElseGet(() -> makes.join(scope, () -> make(scope))));
  }

  private Future<Optional<DataKey>> find(KeyScope scope) {
    DataKey known = cache.find(scope);
    if (known == null) {
      return reads.join(scope, () -> read(scope));
    }
    if (cache.isStale(scope)) {
      reads
          .join(scope, () -> read(scope))
          .onFailure(failure -> LOG.debug("{} was not read again", scope, failure));
    }
    return Future.succeededFuture(Optional.of(known));
  }

  private Future<Optional<DataKey>> read(KeyScope scope) {
    long begin = cache.now();
    return table
        .find(scope)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.<DataKey>empty())
                    : unwrapped(found.get()).map(Optional::of))
        .onSuccess(found -> found.ifPresent(key -> cache.put(key, begin)));
  }

  private Future<DataKey> make(KeyScope scope) {
    long begin = cache.now();
    byte[] bytes = new byte[MasterKey.BYTES];
    random.nextBytes(bytes);
    return masters
        .wrap(bytes)
        .compose(wrapped -> registered(wrapped.master()).map(wrapped))
        .compose(wrapped -> table.insert(scope, wrapped))
        .recover(this::complain)
        .compose(
            mine ->
                mine ? Future.succeededFuture(Optional.of(DataKey.of(scope, bytes))) : read(scope))
        .compose(
            key ->
                key.map(Future::succeededFuture)
                    .orElseGet(
                        () -> Future.failedFuture(new IllegalStateException(scope + " is gone"))))
        .onSuccess(key -> cache.put(key, begin));
  }

  /** Whether the store knows that this master key is in use; asked again each minute. */
  private Future<Void> registered(String master) {
    Registered last = registered.get();
    long now = System.nanoTime();
    if (last != null
        && last.master().equals(master)
        && now - last.at() < Duration.ofMinutes(1).toNanos()) {
      return Future.succeededFuture();
    }
    return register.add(master).onSuccess(done -> registered.set(new Registered(master, now)));
  }

  private Future<DataKey> unwrapped(Found found) {
    return found.isDestroyed()
        ? Future.succeededFuture(DataKey.destroyed(found.scope()))
        : masters
            .unwrap(found.key().orElseThrow())
            .map(bytes -> DataKey.of(found.scope(), bytes))
            .recover(this::complain);
  }

  /** What the operator must repair is logged; clients receive {@code try_again}. */
  private <T> Future<T> complain(Throwable failure) {
    if (!(failure instanceof MasterKeyException)) {
      return Future.failedFuture(failure);
    }
    long now = System.nanoTime();
    if (now - complainedAt >= COMPLAIN.toNanos()) {
      complainedAt = now;
      LOG.error("{} Until then what needs that key is refused.", failure.getMessage());
    }
    return Future.failedFuture(
        JovialException.tryAgain("a key cannot be used here; the server's log says why", RETRY));
  }
}
