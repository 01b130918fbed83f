package chat.jovial.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is gone when it is closed. */
public record TemporaryFolder(Path path) implements AutoCloseable {
  /** Where Linux keeps files in memory. */
  private static final Path MEMORY = Path.of("/dev/shm");

  public static TemporaryFolder create() throws IOException {
    return new TemporaryFolder(Files.createTempDirectory("jovial-bench-"));
  }

  /** In memory if the system has a place for that, else on the disk. */
  public static TemporaryFolder inMemory() throws IOException {
    return Files.isWritable(MEMORY)
        ? new TemporaryFolder(Files.createTempDirectory(MEMORY, "jovial-bench-"))
        : create();
  }

  @Override
  public void close() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(path)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
