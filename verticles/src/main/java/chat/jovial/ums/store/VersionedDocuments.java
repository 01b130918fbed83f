package chat.jovial.ums.store;

import chat.jovial.contract.JovialException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Documents with optimistic concurrency: a change reads one, decides in memory, and writes it back
 * only if its revision is still the one read; else it starts again. So what happens to one document
 * happens in some order, on whichever nodes, and the deciding is plain code.
 */
public final class VersionedDocuments {
  /** Attempts lost to others before the caller is refused; in each round one of them wins. */
  private static final int MAX_ATTEMPTS = 64;

  private static final Duration RETRY_AFTER = Duration.ofMillis(250);

  /**
   * What a change decided.
   *
   * @param document what to write, or null to leave things as they are
   */
  public record Decision<T>(@Nullable JsonObject document, T result) {}

  /** Decides what becomes of a document; may be called several times, and must not do anything. */
  @FunctionalInterface
  public interface Change<T> {
    Decision<T> decide(@Nullable JsonObject current);
  }

  private final MongoClient mongo;
  private final String collection;

  public VersionedDocuments(MongoClient mongo, String collection) {
    this.mongo = mongo;
    this.collection = collection;
  }

  public Future<@Nullable JsonObject> read(String id) {
    return mongo.findOne(collection, UmsSchema.byId(id), null);
  }

  public <T> Future<T> change(String id, Change<T> change) {
    return attempt(id, change, 1);
  }

  private <T> Future<T> attempt(String id, Change<T> change, int attempt) {
    return read(id)
        .compose(
            current -> {
              Decision<T> decision = change.decide(current);
              JsonObject document = decision.document();
              if (document == null) {
                return Future.succeededFuture(decision.result());
              }
              Future<Boolean> written =
                  current == null ? insert(id, document) : replace(id, current, document);
              return written.compose(
                  won -> {
                    if (won) {
                      return Future.succeededFuture(decision.result());
                    }
                    return attempt < MAX_ATTEMPTS
                        ? attempt(id, change, attempt + 1)
                        : Future.failedFuture(
                            JovialException.tryAgain(
                                "too many changes of this account at once", RETRY_AFTER));
                  });
            });
  }

  private Future<Boolean> insert(String id, JsonObject document) {
    return mongo
        .insert(collection, document.copy().put(UmsSchema.ID, id).put(UmsSchema.REVISION, 1L))
        .map(true)
        .recover(
            failure ->
                MongoErrors.isDuplicate(failure)
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(failure));
  }

  private Future<Boolean> replace(String id, JsonObject current, JsonObject document) {
    long revision = current.getLong(UmsSchema.REVISION);
    return mongo
        .findOneAndReplace(
            collection,
            UmsSchema.byId(id).put(UmsSchema.REVISION, revision),
            document.copy().put(UmsSchema.ID, id).put(UmsSchema.REVISION, revision + 1))
        .map(before -> before != null);
  }
}
