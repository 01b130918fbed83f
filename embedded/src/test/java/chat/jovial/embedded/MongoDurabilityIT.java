package chat.jovial.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What was acknowledged is there after the process is killed in the middle of writing. */
class MongoDurabilityIT {
  private static final int WRITERS = 8;

  /** Enough that the kill falls into the middle of a stream of commits. */
  private static final int ACKNOWLEDGED_BEFORE_KILL = 300;

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path data;

  @Test
  void a_kill_loses_no_acknowledged_user_and_leaves_no_half_of_one() throws Exception {
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    try (ChildJvm child = ChildJvm.start(MongoChild.class, data.toString());
        MongoClient client = MongoClients.create(child.line())) {
      MongoCollection<Document> users = users(client);
      Mono.from(users.createIndex(Indexes.ascending("name"), new IndexOptions().unique(true)))
          .block(LIMIT);
      CountDownLatch enough = new CountDownLatch(ACKNOWLEDGED_BEFORE_KILL);
      var writing =
          Flux.range(0, Integer.MAX_VALUE)
              .flatMap(
                  i ->
                      Mono.from(users.insertOne(user(i)))
                          .doOnSuccess(
                              done -> {
                                acknowledged.add("id" + i);
                                enough.countDown();
                              }),
                  WRITERS)
              .then()
              .onErrorComplete()
              .toFuture();
      assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
      child.kill();
      writing.cancel(true);
    }
    try (EmbeddedMongo mongo = EmbeddedMongo.start(MongoSettings.in(data)).join();
        MongoClient client = MongoClients.create(mongo.connectionString())) {
      MongoCollection<Document> users = users(client);
      Set<String> found =
          Flux.from(users.find())
              .map(user -> user.getString("_id"))
              .toStream()
              .collect(Collectors.toSet());
      assertThat(found).containsAll(acknowledged);
      assertThat(found.size()).isLessThanOrEqualTo(acknowledged.size() + WRITERS);
      // An index entry without its user would refuse the first of these, a user without the second.
      for (int i = 0; i < found.size() + WRITERS; i++) {
        Document user = user(i);
        if (found.contains(user.getString("_id"))) {
          assertThatThrownBy(
                  () -> Mono.from(users.insertOne(user.append("_id", "another"))).block(LIMIT))
              .isInstanceOf(MongoWriteException.class);
        } else {
          Mono.from(users.insertOne(user)).block(LIMIT);
        }
      }
    }
  }

  @Test
  void a_stop_loses_nothing_and_the_file_does_not_grow_without_end() throws Exception {
    int rounds = 3000;
    try (EmbeddedMongo mongo = EmbeddedMongo.start(MongoSettings.in(data)).join();
        MongoClient client = MongoClients.create(mongo.connectionString())) {
      MongoCollection<Document> users = users(client);
      Mono.from(users.insertOne(user(1))).block(LIMIT);
      Flux.range(0, rounds)
          .flatMap(
              i ->
                  users.updateOne(
                      new Document("_id", "id1"), new Document("$inc", new Document("n", 1))),
              WRITERS)
          .blockLast(Duration.ofMinutes(2));
    }
    assertThat(Files.size(data.resolve("mongo.mv"))).isLessThan(1024 * 1024);
    try (EmbeddedMongo mongo = EmbeddedMongo.start(MongoSettings.in(data)).join();
        MongoClient client = MongoClients.create(mongo.connectionString())) {
      Document user = Mono.from(users(client).find().first()).block(LIMIT);
      assertThat(user).isNotNull().containsEntry("n", rounds);
    }
  }

  @Test
  void a_busy_port_is_named() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  EmbeddedMongo.start(MongoSettings.in(data).withPort(busy.getLocalPort())).join())
          .hasCauseInstanceOf(EmbeddedStoreException.class)
          .hasMessageContaining("Port " + busy.getLocalPort())
          .hasMessageContaining("JOVIAL_MONGO_PORT");
    }
  }

  @Test
  void a_file_in_use_by_another_server_is_refused() {
    EmbeddedMongo first = EmbeddedMongo.start(MongoSettings.in(data)).join();
    assertThatThrownBy(() -> EmbeddedMongo.start(MongoSettings.in(data)).join())
        .hasCauseInstanceOf(EmbeddedStoreException.class)
        .hasMessageContaining("mongo.mv")
        .hasMessageContaining("another server");
    first.close();
  }

  private static MongoCollection<Document> users(MongoClient client) {
    return client.getDatabase("jovial").getCollection("users");
  }

  private static Document user(int i) {
    return new Document("_id", "id" + i).append("name", "name" + i);
  }
}
