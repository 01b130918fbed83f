package chat.jovial.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes commit log segments into which not even their header was written: what a Cassandra leaves
 * that dies between making the file and filling it, as on a full disk. It forgives one, the newest;
 * more of them, from one crash after another, would keep it from ever starting again.
 */
final class UnbornSegments {

  private static final Logger log = LoggerFactory.getLogger(UnbornSegments.class);

  private UnbornSegments() {}

  /** To be called while no Cassandra runs. A file with one byte that is not zero is left alone. */
  static void remove(Path commitLog) {
    if (!Files.isDirectory(commitLog)) {
      return;
    }
    try (DirectoryStream<Path> segments = Files.newDirectoryStream(commitLog, "CommitLog-*.log")) {
      for (Path segment : segments) {
        if (isAllZero(segment)) {
          log.warn("Removing the commit log segment {}: it was made but never written", segment);
          Files.delete(segment);
        }
      }
    } catch (IOException e) {
      throw new EmbeddedStoreException("Cannot read the commit log in " + commitLog + ": " + e, e);
    }
  }

  private static boolean isAllZero(Path file) throws IOException {
    // A segment with a header ends this at its first bytes.
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
      for (int next = bytes.read(); next >= 0; next = bytes.read()) {
        if (next != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
