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
 * Clean-up of commit log segments that do not even have a header. A Cassandra that crashes after it
 * creates the file and before it writes to it leaves one, as on a full disk. It ignores one, the
 * newest; more of them, from repeated crashes, would prevent every later start.
 */
final class EmptyCommitLogSegments {
  private static final Logger LOG = LoggerFactory.getLogger(EmptyCommitLogSegments.class);

  private EmptyCommitLogSegments() {}

  /** Call it while no Cassandra runs. A file with a byte that is not zero is kept. */
  static void remove(Path commitLog) {
    if (!Files.isDirectory(commitLog)) {
      return;
    }
    try (DirectoryStream<Path> segments = Files.newDirectoryStream(commitLog, "CommitLog-*.log")) {
      for (Path segment : segments) {
        if (isAllZero(segment)) {
          LOG.warn("Removing the commit log segment {}: it was created but never written", segment);
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
