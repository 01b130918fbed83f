package chat.jovial.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmptyCommitLogSegmentsTest {
  private static final int BYTES = 100_000;

  @TempDir Path commitLog;

  @Test
  void only_segments_without_any_content_are_removed() throws IOException {
    byte[] written = new byte[BYTES];
    written[3] = 8;
    byte[] oddlyWritten = new byte[BYTES];
    oddlyWritten[BYTES - 1] = 1;
    Files.write(commitLog.resolve("CommitLog-8-1.log"), written);
    Files.write(commitLog.resolve("CommitLog-8-2.log"), new byte[BYTES]);
    Files.write(commitLog.resolve("CommitLog-8-3.log"), oddlyWritten);
    Files.write(commitLog.resolve("CommitLog-8-4.log"), new byte[0]);
    Files.write(commitLog.resolve("other.log"), new byte[BYTES]);
    EmptyCommitLogSegments.remove(commitLog);
    try (Stream<Path> left = Files.list(commitLog)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("CommitLog-8-1.log", "CommitLog-8-3.log", "other.log");
    }
  }

  @Test
  void nothing_is_removed_before_the_first_start() {
    EmptyCommitLogSegments.remove(commitLog.resolve("none"));
    assertThat(commitLog).isEmptyDirectory();
  }
}
