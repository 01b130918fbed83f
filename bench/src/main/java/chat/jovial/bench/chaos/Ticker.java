package chat.jovial.bench.chaos;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Periodic report of the state of a run, every ten seconds until it is closed. */
final class Ticker implements AutoCloseable {
  private static final int SECONDS = 10;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "chaos-ticker");
            made.setDaemon(true);
            return made;
          });

  Ticker(Runnable action) {
    var unused = thread.scheduleAtFixedRate(action, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
