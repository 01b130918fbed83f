package chat.jovial.server.launch;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ordered stop, stage by stage, of whatever was started. Each stage has a time limit, and all
 * together have 14 s: what takes longer is abandoned. Any thread.
 */
public final class StopSequence {
  private static final Logger LOG = LoggerFactory.getLogger(StopSequence.class);

  /**
   * The promise to operators is 15 s; the JVM itself ends within the last one. Longer only for the
   * run that the launcher does at the end of a build, to record classes: nobody waits for that.
   */
  public static final Duration LIMIT = Duration.ofSeconds(Long.getLong("jovial.stop.seconds", 14));

  /** In the order of the stop. */
  public enum Stage {
    /**
     * Conversations go to other nodes, to which this one still leads its clients: writes in flight
     * are finished first.
     */
    HAND_OVER(Duration.ofSeconds(3)),
    /** Clients are told to reconnect, requests in flight are finished. */
    EDGE(Duration.ofSeconds(3)),
    MDS(Duration.ofSeconds(1)),
    OWNERSHIP(Duration.ofSeconds(1)),
    SERVICES(Duration.ofSeconds(1)),
    CLIENTS(Duration.ofSeconds(1)),
    /** The embedded stores drain, which takes long the first time; the node leaves the cluster. */
    STORES_AND_BUS(LIMIT),
    DATA_DIRECTORY(Duration.ofSeconds(1));

    private final Duration limit;

    Stage(Duration limit) {
      this.limit = limit;
    }
  }

  private record Part(String name, Runnable stop) {}

  private final Map<Stage, List<Part>> parts = new EnumMap<>(Stage.class);
  private @Nullable CompletableFuture<Void> stopped;

  /** Of {@link System#nanoTime}; set when the stop begins. */
  private volatile long deadline;

  /** Adds what has to be stopped; when the stop has begun already, that is done at once. */
  public void add(Stage stage, String name, Supplier<Future<Void>> stop) {
    addBlocking(stage, name, () -> stop.get().toCompletionStage().toCompletableFuture().join());
  }

  /** The same for a stop that blocks its thread; each runs on a separate thread. */
  void addBlocking(Stage stage, String name, Runnable stop) {
    Part part = new Part(name, stop);
    synchronized (this) {
      if (stopped == null) {
        parts.computeIfAbsent(stage, key -> new ArrayList<>()).add(part);
        return;
      }
    }
    CompletableFuture<Void> late = run(part, stage);
    LOG.debug("{} came up during the stop: {}", name, late);
  }

  /** Stops everything, once; never fails. */
  public synchronized CompletableFuture<Void> run() {
    if (stopped == null) {
      deadline = System.nanoTime() + LIMIT.toNanos();
      CompletableFuture<Void> chain = CompletableFuture.completedFuture(null);
      for (Stage stage : Stage.values()) {
        chain = chain.thenCompose(before -> run(stage));
      }
      stopped = chain;
    }
    return stopped;
  }

  private CompletableFuture<Void> run(Stage stage) {
    List<Part> ofStage;
    synchronized (this) {
      ofStage = List.copyOf(parts.getOrDefault(stage, List.of()));
    }
    return CompletableFuture.allOf(
        ofStage.stream().map(part -> run(part, stage)).toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> run(Part part, Stage stage) {
    long left = Math.max(0, deadline - System.nanoTime());
    long limit = Math.min(stage.limit.toNanos(), left);
    long begin = System.nanoTime();
    return CompletableFuture.runAsync(part.stop(), StopSequence::onSeparateThread)
        .orTimeout(limit, TimeUnit.NANOSECONDS)
        .handle(
            (done, failure) -> {
              if (failure instanceof TimeoutException) {
                LOG.warn("{} did not stop within {} ms", part.name(), limit / 1_000_000);
              } else if (failure != null) {
                LOG.warn("{} did not stop in order", part.name(), failure);
              } else {
                long millis = (System.nanoTime() - begin) / 1_000_000;
                LOG.debug("{}: {} stopped in {} ms", stage, part.name(), millis);
              }
              return null;
            });
  }

  private static void onSeparateThread(Runnable stop) {
    Thread thread = new Thread(stop, "stop");
    thread.setDaemon(true);
    thread.start();
  }
}
