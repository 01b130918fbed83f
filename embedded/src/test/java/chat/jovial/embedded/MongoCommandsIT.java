package chat.jovial.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that the server relies on, through the client that it uses. */
class MongoCommandsIT {
  @TempDir static Path data;

  private static Vertx vertx;
  private static EmbeddedMongo mongo;
  private static MongoClient client;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    mongo = EmbeddedMongo.start(MongoSettings.in(data)).join();
    client =
        MongoClient.create(
            vertx,
            new JsonObject()
                .put("connection_string", mongo.connectionString())
                .put("db_name", "jovial"));
  }

  @AfterAll
  static void stop() throws Exception {
    get(client.close());
    mongo.close();
    get(vertx.close());
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void a_duplicate_in_a_unique_index_is_refused() throws Exception {
    get(
        client.createIndexWithOptions(
            "users",
            new JsonObject().put("app_id", 1).put("username", 1),
            new IndexOptions().unique(true).name("app_username")));
    get(client.insert("users", user("u1", "a", "ada")));
    get(client.insert("users", user("u2", "b", "ada")));
    assertThatThrownBy(() -> get(client.insert("users", user("u3", "a", "ada"))))
        .hasMessageContaining("E11000");
    assertThat(get(client.count("users", new JsonObject().put("username", "ada")))).isEqualTo(2);
    get(client.removeDocument("users", new JsonObject().put("_id", "u1")));
    get(client.insert("users", user("u4", "a", "ada")));
  }

  @Test
  void a_sparse_unique_index_omits_users_without_name() throws Exception {
    get(
        client.createIndexWithOptions(
            "sparse",
            new JsonObject().put("username", 1),
            new IndexOptions().unique(true).sparse(true)));
    get(client.insert("sparse", new JsonObject().put("_id", "1")));
    get(client.insert("sparse", new JsonObject().put("_id", "2")));
    assertThat(get(client.count("sparse", new JsonObject()))).isEqualTo(2);
  }

  @Test
  void a_ttl_index_is_accepted() throws Exception {
    get(
        client.createIndexWithOptions(
            "sessions",
            new JsonObject().put("expires_at", 1),
            new IndexOptions().expireAfter(0L, TimeUnit.SECONDS)));
    assertThat(get(client.listIndexes("sessions")).toString()).contains("expires_at");
  }

  @Test
  void the_same_index_is_accepted_twice() throws Exception {
    for (int i = 0; i < 2; i++) {
      get(
          client.createIndexWithOptions(
              "again", new JsonObject().put("name", 1), new IndexOptions().unique(true)));
    }
    assertThat(get(client.listIndexes("again")).size()).isEqualTo(2);
  }

  @Test
  void an_upsert_inserts_once() throws Exception {
    JsonObject query = new JsonObject().put("_id", "k");
    JsonObject update =
        new JsonObject()
            .put("$setOnInsert", new JsonObject().put("made", true))
            .put("$inc", new JsonObject().put("n", 1));
    UpdateOptions upsert = new UpdateOptions().setUpsert(true);
    var first = get(client.updateCollectionWithOptions("upsert", query, update, upsert));
    var second = get(client.updateCollectionWithOptions("upsert", query, update, upsert));
    assertThat(first.getDocUpsertedId()).isNotNull();
    assertThat(second.getDocMatched()).isEqualTo(1);
    assertThat(get(client.findOne("upsert", query, null)).getInteger("n")).isEqualTo(2);
  }

  @Test
  void find_and_update_changes_only_what_matches() throws Exception {
    get(client.insert("tokens", new JsonObject().put("_id", "t").put("version", 1)));
    JsonObject expected = new JsonObject().put("_id", "t").put("version", 1);
    JsonObject update = new JsonObject().put("$set", new JsonObject().put("version", 2));
    UpdateOptions after = new UpdateOptions().setReturningNewDocument(true);
    assertThat(
            get(client.findOneAndUpdateWithOptions(
                    "tokens", expected, update, new FindOptions(), after))
                .getInteger("version"))
        .isEqualTo(2);
    assertThat(get(client.findOneAndUpdate("tokens", expected, update))).isNull();
  }

  @Test
  void a_find_and_update_that_breaks_a_unique_index_has_mongodbs_code() throws Exception {
    get(
        client.createIndexWithOptions(
            "names", new JsonObject().put("name", 1), new IndexOptions().unique(true)));
    get(client.insert("names", new JsonObject().put("_id", "1").put("name", "x")));
    get(client.insert("names", new JsonObject().put("_id", "2").put("name", "y")));
    assertThatThrownBy(
            () ->
                get(
                    client.findOneAndUpdate(
                        "names",
                        new JsonObject().put("_id", "2"),
                        new JsonObject().put("$set", new JsonObject().put("name", "x")))))
        .hasMessageContaining("11000");
  }

  @Test
  void values_are_added_to_a_set_and_pulled_from_it() throws Exception {
    JsonObject space = new JsonObject().put("_id", "s");
    get(client.insert("spaces", space.copy().put("members", new JsonArray())));
    for (String member : List.of("a", "b", "a")) {
      get(
          client.updateCollection(
              "spaces",
              space,
              new JsonObject().put("$addToSet", new JsonObject().put("members", member))));
    }
    get(
        client.updateCollection(
            "spaces", space, new JsonObject().put("$pull", new JsonObject().put("members", "b"))));
    assertThat(get(client.findOne("spaces", space, null)).getJsonArray("members"))
        .containsExactly("a");
  }

  @Test
  void a_bulk_is_written() throws Exception {
    var result =
        get(
            client.bulkWrite(
                "bulk",
                List.of(
                    BulkOperation.createInsert(new JsonObject().put("_id", "1").put("n", 1)),
                    BulkOperation.createInsert(new JsonObject().put("_id", "2").put("n", 2)),
                    BulkOperation.createUpdate(
                        new JsonObject().put("_id", "1"),
                        new JsonObject().put("$set", new JsonObject().put("n", 3))),
                    BulkOperation.createDelete(new JsonObject().put("_id", "2")))));
    assertThat(result.getInsertedCount()).isEqualTo(2);
    assertThat(result.getModifiedCount()).isEqualTo(1);
    assertThat(result.getDeletedCount()).isEqualTo(1);
    assertThat(get(client.find("bulk", new JsonObject())))
        .containsExactly(new JsonObject().put("_id", "1").put("n", 3));
  }

  @Test
  void users_are_found_by_prefix_sorted_and_page_by_page() throws Exception {
    for (int i = 0; i < 250; i++) {
      get(client.insert("people", new JsonObject().put("_id", "p%03d".formatted(i))));
    }
    JsonObject prefix = new JsonObject().put("_id", new JsonObject().put("$regex", "^p1"));
    List<JsonObject> found =
        get(
            client.findWithOptions(
                "people",
                prefix,
                new FindOptions().setSort(new JsonObject().put("_id", -1)).setBatchSize(20)));
    assertThat(found).hasSize(100);
    assertThat(found.get(0).getString("_id")).isEqualTo("p199");
  }

  private static JsonObject user(String id, String app, String name) {
    return new JsonObject().put("_id", id).put("app_id", app).put("username", name);
  }
}
