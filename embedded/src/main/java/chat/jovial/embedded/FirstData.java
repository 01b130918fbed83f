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
 * What an empty data folder begins with: the data of a Cassandra that was started, given its tables
 * and drained when the server was built. Each table that is made costs a fifth of a second, a copy
 * of a megabyte costs nothing. The system property {@value #PROPERTY} names the folder; without it
 * an empty folder stays empty. For a Cassandra that stands alone: the copy bears the host id of the
 * original.
 */
final class FirstData {
  static final String PROPERTY = "jovial.cassandra.first_data";

  private static final Logger log = LoggerFactory.getLogger(FirstData.class);

  private FirstData() {}

  /** Copies it if there is one and the folder has no data yet. Blocks on the disk. */
  static void copyInto(Path dataDirectory) {
    String given = System.getProperty(PROPERTY);
    Path data = dataDirectory.resolve("data");
    if (given == null || Files.exists(data)) {
      return;
    }
    Path draft = dataDirectory.resolve("data.first");
    try {
      remove(draft);
      copy(Path.of(given), draft);
      // At once or not at all: half of it would be taken for data that was lost.
      Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      log.warn("Cassandra begins with an empty folder, for {} was not copied: {}", given, e);
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
