package chat.jovial.client.executor;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Timer of a task that runs on the executor, unless it is cancelled there before. */
public final class Timer {
  volatile @Nullable Future<?> scheduled;
  private boolean over;

  Timer() {}

  /** On the executor only: afterwards the task certainly does not run. */
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
