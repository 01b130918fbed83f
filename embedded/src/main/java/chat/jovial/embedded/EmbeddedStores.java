package chat.jovial.embedded;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * Both stores in one data folder, started side by side: what a server with nothing else installed
 * uses, and tests and benchmarks too.
 */
public final class EmbeddedStores implements AutoCloseable {
  private final DataDirectory directory;
  private final EmbeddedCassandra cassandra;
  private final EmbeddedMongo mongo;

  private EmbeddedStores(
      DataDirectory directory, EmbeddedCassandra cassandra, EmbeddedMongo mongo) {
    this.directory = directory;
    this.cassandra = cassandra;
    this.mongo = mongo;
  }

  /**
   * The usual settings of Cassandra in a data folder: data in {@code cassandra}, log in {@code
   * logs}.
   */
  public static CassandraSettings cassandraIn(Path dataDirectory) {
    return CassandraSettings.in(dataDirectory.resolve("cassandra"))
        .withLogFile(dataDirectory.resolve("logs").resolve("cassandra.log"));
  }

  /** The usual settings of the MongoDB server in a data folder: data in {@code mongo}. */
  public static MongoSettings mongoIn(Path dataDirectory) {
    return MongoSettings.in(dataDirectory.resolve("mongo"));
  }

  /** Locks the folder for this process and starts both on free ports with the usual settings. */
  public static CompletableFuture<EmbeddedStores> start(Path dataDirectory) {
    DataDirectory directory;
    try {
      directory = DataDirectory.open(dataDirectory);
    } catch (EmbeddedStoreException e) {
      return CompletableFuture.failedFuture(e);
    }
    return start(directory, cassandraIn(directory.path()), mongoIn(directory.path()));
  }

  /** Starts both. If one fails, the other and the folder are closed before the future fails. */
  public static CompletableFuture<EmbeddedStores> start(
      DataDirectory directory, CassandraSettings cassandraSettings, MongoSettings mongoSettings) {
    CompletableFuture<EmbeddedCassandra> cassandra = EmbeddedCassandra.start(cassandraSettings);
    CompletableFuture<EmbeddedMongo> mongo = EmbeddedMongo.start(mongoSettings);
    return cassandra
        .thenCombine(mongo, (c, m) -> new EmbeddedStores(directory, c, m))
        .whenComplete(
            (stores, failure) -> {
              if (failure != null) {
                closeIfStarted(cassandra);
                closeIfStarted(mongo);
                directory.close();
              }
            });
  }

  public DataDirectory directory() {
    return directory;
  }

  public EmbeddedCassandra cassandra() {
    return cassandra;
  }

  public EmbeddedMongo mongo() {
    return mongo;
  }

  /**
   * Completes with the reason when one of the two has failed permanently. The server must stop
   * then.
   */
  public CompletableFuture<EmbeddedStoreException> failed() {
    return cassandra.failed().applyToEither(mongo.failed(), reason -> reason);
  }

  /** Stops both at the same time, then lets the folder go. Blocks, 8 s at most, see there. */
  @Override
  public void close() {
    CompletableFuture<Void> mongoClosed = CompletableFuture.runAsync(mongo::close);
    try {
      cassandra.close();
      mongoClosed.join();
    } finally {
      directory.close();
    }
  }

  private static void closeIfStarted(CompletableFuture<? extends AutoCloseable> store) {
    if (store.isDone() && !store.isCompletedExceptionally()) {
      try {
        store.join().close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
