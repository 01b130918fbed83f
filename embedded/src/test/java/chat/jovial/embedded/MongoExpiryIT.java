package chat.jovial.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import de.bwaldvogel.mongo.MongoServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class MongoExpiryIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir Path data;

  @Test
  void only_documents_that_a_ttl_index_has_expired_are_removed() {
    try (MongoFile file = MongoFile.open(MongoSettings.in(data))) {
      DurableMongoBackend backend = new DurableMongoBackend(file.store(), file.commits());
      MongoServer server = new MongoServer(backend);
      try (MongoClient client = MongoClients.create(server.bindAndGetConnectionString())) {
        MongoCollection<Document> sessions = client.getDatabase("jovial").getCollection("sessions");
        Mono.from(
                sessions.createIndex(
                    Indexes.ascending("ends"),
                    new IndexOptions().expireAfter(60L, TimeUnit.SECONDS)))
            .block(LIMIT);
        Mono.from(
                sessions.insertMany(
                    List.of(
                        new Document("_id", "expired").append("ends", before(61)),
                        new Document("_id", "just expired").append("ends", before(60)),
                        new Document("_id", "alive").append("ends", before(59)),
                        new Document("_id", "number").append("ends", 1),
                        new Document("_id", "null").append("ends", null),
                        new Document("_id", "without"))))
            .block(LIMIT);
        new MongoExpiry(backend, Clock.fixed(NOW, ZoneOffset.UTC)).sweep();
        assertThat(Flux.from(sessions.find()).map(d -> d.getString("_id")).toIterable())
            .containsExactlyInAnyOrder("alive", "number", "null", "without");
      } finally {
        server.shutdownNow();
      }
    }
  }

  private static Date before(int seconds) {
    return Date.from(NOW.minusSeconds(seconds));
  }
}
