package chat.jovial.bench;

import chat.jovial.bench.files.FileBytes;
import chat.jovial.bench.load.Bounded;
import chat.jovial.bench.report.ChunkSizesReport;
import chat.jovial.bench.report.ChunkSizesReport.Size;
import chat.jovial.bench.report.Latency;
import chat.jovial.bench.report.Median;
import chat.jovial.bench.store.PlainChunks;
import chat.jovial.bench.subject.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Measurement of chunk sizes: the same bytes in rows of several sizes, in turn. */
final class ChunkSizesPart {
  private static final int[] KIB = {64, 128, 256, 512, 1024, 2048};
  private static final int IN_FLIGHT = 4 * 1024 * 1024;
  private static final int BYTES = 128 * 1024 * 1024;
  private static final double MB = 1e6;
  private static final int LIMIT_MINUTES = 5;

  private final Plan plan;
  private final Target target;
  private final Progress progress;

  ChunkSizesPart(Plan plan, Target target, Progress progress) {
    this.plan = plan;
    this.target = target;
    this.progress = progress;
  }

  /** The rounds of one size. */
  private static final class Rounds {
    final List<Double> writeMb = new ArrayList<>();
    final List<Latency> write = new ArrayList<>();
    final List<Double> readMb = new ArrayList<>();
    final List<Latency> read = new ArrayList<>();

    Size size(int kib) {
      return new Size(
          kib, median(writeMb), Latency.median(write), median(readMb), Latency.median(read));
    }

    private static double median(List<Double> values) {
      return Median.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  ChunkSizesReport run() throws InterruptedException {
    FileBytes bytes = FileBytes.random(BYTES, 1);
    Rounds[] bySize = new Rounds[KIB.length];
    int rounds = plan.files().rounds();
    try (PlainChunks chunks = PlainChunks.open(target.requireCassandra(), target.keyspace())) {
      // The first round warms the JVMs up.
      for (int round = 0; round <= rounds; round++) {
        for (int i = 0; i < KIB.length; i++) {
          if (round <= 1) {
            bySize[i] = new Rounds();
          }
          measure(chunks, bytes, KIB[i], bySize[i]);
        }
        progress.say("round %d of %d", round, rounds);
      }
    }
    List<Size> sizes = new ArrayList<>();
    for (int i = 0; i < KIB.length; i++) {
      sizes.add(bySize[i].size(KIB[i]));
    }
    return new ChunkSizesReport(BYTES, IN_FLIGHT, rounds, sizes);
  }

  private static void measure(PlainChunks chunks, FileBytes bytes, int kib, Rounds rounds)
      throws InterruptedException {
    int size = kib * 1024;
    String file = UUID.randomUUID().toString();
    Histogram write = new ConcurrentHistogram(3);
    rounds.writeMb.add(
        all(size, write, row -> chunks.write(file, row, bytes.part(0, row * size, size))));
    rounds.write.add(Latency.of(write));
    Histogram read = new ConcurrentHistogram(3);
    rounds.readMb.add(
        all(
            size,
            read,
            row ->
                chunks
                    .read(file, row)
                    .thenAccept(
                        data -> {
                          if (!bytes.matches(0, row * size, data)) {
                            throw new IllegalStateException("A row has come back different.");
                          }
                        })));
    rounds.read.add(Latency.of(read));
  }

  private static double all(int size, Histogram nanos, IntFunction<CompletableFuture<?>> one)
      throws InterruptedException {
    long begin = System.nanoTime();
    CompletableFuture<Void> done =
        Bounded.forEach(
            BYTES / size,
            Math.max(2, IN_FLIGHT / size),
            row -> {
              long sent = System.nanoTime();
              return one.apply(row).thenRun(() -> nanos.recordValue(System.nanoTime() - sent));
            });
    try {
      done.get(LIMIT_MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Rows failed: " + e, e);
    }
    return BYTES / MB / ((System.nanoTime() - begin) / 1e9);
  }
}
