package chat.jovial.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Initial content of an empty data folder: the files of a Cassandra that was started, given its
 * tables and drained when the server was built. Creating a table takes a fifth of a second, copying
 * a megabyte takes no time. The system property {@value #PROPERTY} names the folder; without it an
 * empty folder stays empty. Only for a Cassandra without others: the copy has the host id of the
 * original.
 */
final class SeedData {
  static final String PROPERTY = "jovial.cassandra.seed_data";

  private static final Logger LOG = LoggerFactory.getLogger(SeedData.class);

  private SeedData() {}

  /** Copies it if there is one and the folder has no data yet. Blocks on the disk. */
  static void copyInto(Path dataDirectory) {
    String given = System.getProperty(PROPERTY);
    Path data = dataDirectory.resolve("data");
    if (given == null || Files.exists(data)) {
      return;
    }
    Path draft = dataDirectory.resolve("data.seed");
    try {
      remove(draft);
      copy(Path.of(given), draft);
      // All or nothing: Cassandra would report half of it as lost data.
      Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn(
          "The seed data in {} were not copied, Cassandra starts with an empty folder: {}",
          given,
          e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
