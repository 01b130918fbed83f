package chat.jovial.client.loop;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A task that will run on the loop, or not if it is cancelled there before. */
public final class Timer {
  volatile @Nullable Future<?> scheduled;
  private boolean over;

  Timer() {}

  /** On the loop only: afterwards the task certainly does not run. */
  public void cancel() {
    over = true;
    Future<?> future = scheduled;
    if (future != null) {
      future.cancel(false);
    }
  }

  void run(Runnable task) {
    if (!over) {
      over = true;
      task.run();
    }
  }
}
