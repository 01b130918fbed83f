package chat.jovial.embedded.cost;

import chat.jovial.embedded.EmbeddedMongo;
import chat.jovial.embedded.MongoSettings;
import chat.jovial.embedded.cost.DurabilityCost.Contender;
import chat.jovial.embedded.cost.DurabilityCost.Load;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import reactor.core.publisher.Mono;

/** Inserts through the driver: the stock backend, ours, and ours without forcing to the disk. */
final class MongoCost {
  private static final List<Integer> IN_FLIGHT = List.of(1, 16);
  private static final String BODY = "x".repeat(200);

  private MongoCost() {}

  static Map<String, Contender> contenders() {
    Map<String, Contender> contenders = new LinkedHashMap<>();
    contenders.put("stock, commit a second (loses writes)", MongoCost::stock);
    contenders.put(
        "commit before answer, no sync", (f, each) -> own(MongoSettings.in(f), false, each));
    contenders.put(
        "commit and sync before answer", (f, each) -> own(MongoSettings.in(f), true, each));
    return contenders;
  }

  private static Map<Load, Double> stock(Path folder, Duration each) throws Exception {
    Files.createDirectories(folder);
    MongoServer server = new MongoServer(new H2Backend(folder.resolve("stock.mv").toString()));
    try {
      return measure(server.bindAndGetConnectionString(), each);
    } finally {
      server.shutdownNow();
    }
  }

  private static Map<Load, Double> own(MongoSettings settings, boolean sync, Duration each) {
    try (EmbeddedMongo mongo = EmbeddedMongo.start(settings.withSyncToDisk(sync)).join()) {
      return measure(mongo.connectionString(), each);
    }
  }

  private static Map<Load, Double> measure(String connectionString, Duration each) {
    try (MongoClient client = MongoClients.create(connectionString)) {
      MongoCollection<Document> documents = client.getDatabase("cost").getCollection("documents");
      ClosedLoop loop =
          new ClosedLoop(
              () ->
                  Mono.from(documents.insertOne(new Document("name", "n").append("body", BODY)))
                      .toFuture());
      double warmUp = loop.run(16, each);
      System.err.printf("  warm-up %.0f/s%n", warmUp);
      Map<Load, Double> rates = new LinkedHashMap<>();
      IN_FLIGHT.forEach(n -> rates.put(new Load(n), loop.run(n, each)));
      Mono.from(documents.drop()).block();
      return rates;
    }
  }
}
