package chat.jovial.embedded;

import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Background removal of documents that are expired by a TTL index. The wire server accepts such
 * indexes but does not remove anything, so that sessions and tickets would accumulate. As with
 * MongoDB, a document may exist a minute or more after its time: readers must check the time.
 */
final class MongoExpiry {
  private static final String EXPIRE_AFTER = "expireAfterSeconds";

  private final DurableMongoBackend backend;
  private final Clock clock;

  /** Commands need a channel, for which they keep the last error; it is never read here. */
  private final Channel channel = new EmbeddedChannel();

  MongoExpiry(DurableMongoBackend backend, Clock clock) {
    this.backend = backend;
    this.clock = clock;
  }

  /** Called by one thread at a time; blocks on the disk. */
  void sweep() {
    for (String database : backend.databaseNames()) {
      for (Document collection : list(database, "listCollections", 1)) {
        if (collection.get("name") instanceof String name) {
          for (Document index : list(database, "listIndexes", name)) {
            if (index.get(EXPIRE_AFTER) instanceof Number seconds
                && index.get("key") instanceof Document key) {
              remove(database, name, key.keySet().iterator().next(), seconds.longValue());
            }
          }
        }
      }
    }
  }

  private void remove(String database, String collection, String field, long seconds) {
    Instant limit = clock.instant().minusSeconds(seconds);
    Document expired = new Document(field, new Document("$lte", limit));
    run(
        database,
        "delete",
        new Document("delete", collection)
            .append("deletes", List.of(new Document("q", expired).append("limit", 0))));
  }

  @SuppressWarnings("unchecked") // The wire server's own cursor document.
  private List<Document> list(String database, String command, Object argument) {
    Document reply = run(database, command, new Document(command, argument));
    return reply.get("cursor") instanceof Document cursor
            && cursor.get("firstBatch") instanceof List<?> batch
        ? (List<Document>) batch
        : List.of();
  }

  private Document run(String database, String command, Document query) {
    return backend.handleCommand(channel, database, command, query);
  }
}
