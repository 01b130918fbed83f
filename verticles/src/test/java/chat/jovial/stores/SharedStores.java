package chat.jovial.stores;

import chat.jovial.embedded.CassandraSettings;
import chat.jovial.embedded.EmbeddedCassandra;
import chat.jovial.embedded.EmbeddedMongo;
import chat.jovial.embedded.MongoSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The one Cassandra and the one MongoDB wire server of this JVM, each started by the first test
 * that asks for it and stopped with the JVM. Any thread.
 */
final class SharedStores {
  /** Enough for the data of all tests; two JVMs of tests run at the same time. */
  private static final int HEAP_MIB = 512;

  private SharedStores() {}

  static EmbeddedCassandra cassandra() {
    return Cassandra.RUNNING;
  }

  /** Where {@link #cassandra} has its files. */
  static Path cassandraFolder() {
    return Cassandra.FOLDER;
  }

  static EmbeddedMongo mongo() {
    return Mongo.RUNNING;
  }

  private static final class Cassandra {
    static final Path FOLDER = newFolder("cassandra");
    static final EmbeddedCassandra RUNNING =
        EmbeddedCassandra.start(CassandraSettings.in(FOLDER).withHeapMiB(HEAP_MIB)).join();

    static {
      atExit(RUNNING, FOLDER);
    }
  }

  private static final class Mongo {
    static final Path FOLDER = newFolder("mongo");
    static final EmbeddedMongo RUNNING =
        EmbeddedMongo.start(MongoSettings.in(FOLDER).withSyncToDisk(false)).join();

    static {
      atExit(RUNNING, FOLDER);
    }
  }

  private static Path newFolder(String store) {
    try {
      return Files.createTempDirectory("jovial-test-" + store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void atExit(AutoCloseable store, Path folder) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try (store) {
                    // Stopped in good order: the first Cassandra of a build records its classes.
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  } finally {
                    delete(folder);
                  }
                },
                "stop-" + folder.getFileName()));
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
