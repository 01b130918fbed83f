package chat.jovial.embedded;

import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Removes what a TTL index says has expired. The server takes such indexes but does not act on
 * them, so that sessions and tickets would pile up. As with MongoDB, a document may outlive its
 * time by a minute or more: readers must look at the time themselves.
 */
final class MongoExpiry {

  private static final String EXPIRE_AFTER = "expireAfterSeconds";

  private final DurableMongoBackend backend;
  private final Clock clock;

  /** Commands want a channel to keep the last error for; nobody asks this one. */
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
