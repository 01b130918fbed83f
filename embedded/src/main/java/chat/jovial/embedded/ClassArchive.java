package chat.jovial.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Class data archive of the child: its classes as a JVM maps them into memory, which halves the
 * start-up time. The first child without an archive records it when it stops in order. It is valid
 * for these jars and this JVM only. Its file is beside the jars, or with the data where that folder
 * cannot be written.
 */
final class ClassArchive {
  private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);

  private final Path file;

  /** Where this child records; moved to {@link #file} only when it is complete. */
  private final Path draft;

  private ClassArchive(Path file) {
    this.file = file;
    this.draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
  }

  static ClassArchive of(CassandraHome home, CassandraSettings settings) {
    String name = "classes-" + Long.toHexString(fingerprint(home.jars())) + ".jsa";
    Path besideJars = home.folder().resolve(name);
    boolean shared = Files.exists(besideJars) || Files.isWritable(home.folder());
    return new ClassArchive(shared ? besideJars : settings.dataDirectory().resolve(name));
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** The flag to use the archive, or to record it when the JVM exits. */
  String flag() {
    return exists() ? "-XX:SharedArchiveFile=" + file : "-XX:ArchiveClassesAtExit=" + draft;
  }

  /** Call it after the exit of the child. Keeps the recording of a child that stopped in order. */
  void childExited(boolean well) {
    try {
      if (Files.exists(draft)) {
        if (well) {
          Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
          removeOthers();
        } else {
          Files.delete(draft);
        }
      }
    } catch (IOException e) {
      LOG.warn(
          "The class archive {} was not kept; the next start is slower: {}", file, e.toString());
    }
  }

  /** Those of older jars; a child that runs with one keeps it mapped. */
  private void removeOthers() throws IOException {
    try (var archives = Files.newDirectoryStream(file.resolveSibling("."), "classes-*.jsa")) {
      for (Path archive : archives) {
        if (!archive.getFileName().equals(file.getFileName())) {
          Files.delete(archive);
        }
      }
    }
  }

  /** The JVM checks its archive too, but then runs without it and does not say why. */
  private static long fingerprint(List<Path> jars) {
    CRC32 crc = new CRC32();
    crc.update(System.getProperty("java.vm.version", "").getBytes(StandardCharsets.UTF_8));
    try {
      for (Path jar : jars) {
        String line = jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar);
        crc.update(line.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new EmbeddedStoreException("Cannot read the jars of the embedded Cassandra: " + e, e);
    }
    return crc.getValue();
  }
}
