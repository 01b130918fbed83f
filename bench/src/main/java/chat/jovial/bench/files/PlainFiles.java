package chat.jovial.bench.files;

import chat.jovial.bench.load.Bounded;
import chat.jovial.bench.store.PlainChunks;
import chat.jovial.contract.fss.Chunks;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The same files without the server: chunks written and read by the plain driver, as many of a file
 * on their way at a time as the server has. Blocks.
 */
final class PlainFiles {
  /** As the edge writes an upload. */
  private static final int WRITES_IN_FLIGHT = 2;

  /** As the edge reads ahead of a download. */
  private static final int READS_IN_FLIGHT = 4;

  private static final int LIMIT_MINUTES = 10;

  private final PlainChunks chunks;
  private final FileBytes bytes;
  private final int count;

  PlainFiles(PlainChunks chunks, FileBytes bytes) {
    this.chunks = chunks;
    this.bytes = bytes;
    this.count = Chunks.of(bytes.size());
  }

  /** Writes files and gives their ids, in the order of their numbers. */
  List<String> write(int files, int atOnce) throws InterruptedException {
    List<String> ids = Stream.generate(() -> UUID.randomUUID().toString()).limit(files).toList();
    await(
        Bounded.forEach(
            files,
            atOnce,
            number ->
                Bounded.forEach(
                    count,
                    WRITES_IN_FLIGHT,
                    chunk ->
                        chunks.write(
                            ids.get(number),
                            chunk,
                            bytes.part(number, from(chunk), length(chunk))))));
    return ids;
  }

  /** Reads files and compares what comes. */
  void read(List<String> ids, int atOnce) throws InterruptedException {
    await(
        Bounded.forEach(
            ids.size(),
            atOnce,
            number ->
                Bounded.forEach(
                    count, READS_IN_FLIGHT, chunk -> readOne(ids.get(number), number, chunk))));
  }

  /** Reads one chunk and compares it; the same as a request for a few bytes costs the server. */
  void readOneAndWait(String id, int number, int chunk) throws InterruptedException {
    await(readOne(id, number, chunk));
  }

  private CompletableFuture<?> readOne(String id, int number, int chunk) {
    return chunks
        .read(id, chunk)
        .thenAccept(
            data -> {
              if (data.remaining() != length(chunk) || !bytes.matches(number, from(chunk), data)) {
                throw new IllegalStateException("A plain chunk has come back different.");
              }
            });
  }

  private static int from(int chunk) {
    return chunk * Chunks.SIZE;
  }

  private int length(int chunk) {
    return Math.min(Chunks.SIZE, bytes.size() - from(chunk));
  }

  private static void await(CompletableFuture<?> all) throws InterruptedException {
    try {
      Object unused = all.get(LIMIT_MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Plain chunks failed: " + e, e);
    }
  }
}
