package chat.jovial.embedded;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Folder with the jars of the child JVM, {@code lib/*.jar}. In a built tree that is {@code
 * embedded/cassandra/target}, in an installation {@code cassandra} beside or above the folder of
 * our own jars; the system property {@value #PROPERTY} names any other.
 */
record CassandraHome(Path folder) {
  static final String PROPERTY = "jovial.cassandra.home";

  private static final List<String> LOCATIONS = List.of("embedded/cassandra/target", "cassandra");

  static CassandraHome find() {
    String given = System.getProperty(PROPERTY);
    if (given != null) {
      return at(Path.of(given))
          .orElseThrow(
              () ->
                  new EmbeddedStoreException(
                      "The folder "
                          + given
                          + " named by -D"
                          + PROPERTY
                          + " has no lib/cassandra-all-*.jar."));
    }
    Path code = ownCode();
    for (Path above = code; above != null; above = above.getParent()) {
      for (String location : LOCATIONS) {
        Optional<CassandraHome> home = at(above.resolve(location));
        if (home.isPresent()) {
          return home.get();
        }
      }
    }
    throw new EmbeddedStoreException(
        "The jars of the embedded Cassandra were not found near "
            + code
            + ". Build them with: mvn -Pfast -pl embedded/cassandra -am package; or name their folder"
            + " with -D"
            + PROPERTY
            + ", or set JOVIAL_CASSANDRA_CONTACT_POINTS to use another Cassandra.");
  }

  /** The jars in the order of their names: a class data archive is valid for one order only. */
  List<Path> jars() {
    try (Stream<Path> files = Files.list(folder.resolve("lib"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new EmbeddedStoreException("Cannot read " + folder.resolve("lib"), e);
    }
  }

  private static Optional<CassandraHome> at(Path folder) {
    Path lib = folder.resolve("lib");
    if (!Files.isDirectory(lib)) {
      return Optional.empty();
    }
    CassandraHome home = new CassandraHome(folder.toAbsolutePath().normalize());
    boolean complete =
        home.jars().stream()
            .anyMatch(jar -> jar.getFileName().toString().startsWith("cassandra-all-"));
    return complete ? Optional.of(home) : Optional.empty();
  }

  private static @Nullable Path ownCode() {
    CodeSource source = CassandraHome.class.getProtectionDomain().getCodeSource();
    try {
      return source == null ? null : Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
