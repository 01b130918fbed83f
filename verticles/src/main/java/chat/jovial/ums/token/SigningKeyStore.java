package chat.jovial.ums.token;

import chat.jovial.keys.MasterKeys;
import chat.jovial.keys.WrappedKey;
import chat.jovial.ums.store.MongoErrors;
import chat.jovial.ums.store.UmsSchema;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collection of the signing keys. Their private numbers are wrapped with the master key: a reader
 * of MongoDB or of a backup of it cannot sign. One that is wrapped with another master key than the
 * first, or not at all, as earlier releases stored it, is wrapped again when it is read. Any
 * thread.
 */
final class SigningKeyStore {
  private static final Logger LOG = LoggerFactory.getLogger(SigningKeyStore.class);
  private static final String JWK = "jwk";
  private static final String WRAPPED = "wrapped";
  private static final String MASTER = "master";

  private final MongoClient mongo;
  private final MasterKeys masters;

  SigningKeyStore(MongoClient mongo, MasterKeys masters) {
    this.mongo = mongo;
    this.masters = masters;
  }

  /** The keys, the oldest first; makes the first one if there is none. */
  Future<List<SigningKey>> load() {
    return read().compose(keys -> keys.isEmpty() ? makeFirst() : Future.succeededFuture(keys));
  }

  /** Fails with {@code MasterKeyException} if this node lacks the master key of one. */
  Future<List<SigningKey>> read() {
    return mongo
        .find(UmsSchema.SIGNING_KEYS, new JsonObject())
        .compose(documents -> Future.all(documents.stream().map(this::open).toList()))
        .map(
            all ->
                all.<SigningKey>list().stream()
                    .sorted(Comparator.comparingInt(SigningKey::generation))
                    .toList());
  }

  private Future<List<SigningKey>> makeFirst() {
    SigningKey first = SigningKey.generate(1);
    return sealed(first)
        .compose(document -> mongo.insert(UmsSchema.SIGNING_KEYS, document))
        .onSuccess(done -> LOG.info("Made the first signing key, {}", first.kid()))
        .recover(
            failure ->
                MongoErrors.isDuplicate(failure)
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure))
        .compose(done -> read());
  }

  private Future<SigningKey> open(JsonObject document) {
    JsonObject jwk = document.getJsonObject(JWK);
    int generation = document.getInteger(UmsSchema.ID);
    Optional<WrappedKey> wrapped = wrappedIn(document);
    if (wrapped.isEmpty()) {
      return wrapAgain(document, SigningKey.of(generation, jwk));
    }
    return masters
        .unwrap(wrapped.get())
        .map(number -> SigningKey.of(generation, jwk, number))
        .compose(
            key ->
                wrapped.get().master().equals(masters.wrapsWith())
                    ? Future.succeededFuture(key)
                    : wrapAgain(document, key));
  }

  /** Another node may do the same at the same time: either result is right. */
  private Future<SigningKey> wrapAgain(JsonObject found, SigningKey key) {
    return sealed(key)
        .compose(document -> mongo.findOneAndReplace(UmsSchema.SIGNING_KEYS, found, document))
        .onSuccess(done -> LOG.info("Wrapped signing key {} with the master key", key.kid()))
        .map(key);
  }

  private Future<JsonObject> sealed(SigningKey key) {
    return masters
        .wrap(key.privateNumber())
        .map(
            wrapped ->
                new JsonObject()
                    .put(UmsSchema.ID, key.generation())
                    .put(JWK, new JsonObject(key.publicHalf()))
                    .put(WRAPPED, Base64.getEncoder().encodeToString(wrapped.bytes()))
                    .put(MASTER, wrapped.master()));
  }

  private static Optional<WrappedKey> wrappedIn(JsonObject document) {
    return Optional.ofNullable(document.getString(WRAPPED))
        .map(text -> new WrappedKey(Base64.getDecoder().decode(text), document.getString(MASTER)));
  }
}
