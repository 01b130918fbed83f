package chat.jovial.fss;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timer of the sweeps of the file store; one on each node that has it. */
public final class SweeperVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(SweeperVerticle.class);

  private final Fss fss;
  private @Nullable Long timer;

  public SweeperVerticle(Fss fss) {
    this.fss = fss;
  }

  @Override
  public Future<?> start() {
    scheduleNext();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
    return Future.succeededFuture();
  }

  /** At half the interval at least, and at another moment on each node. */
  private void scheduleNext() {
    long interval = fss.config.sweepInterval().toMillis();
    long delay = interval / 2 + ThreadLocalRandom.current().nextLong(interval);
    timer = vertx.setTimer(Math.max(1, delay), due -> sweep());
  }

  private void sweep() {
    fss.sweeper
        .sweep()
        .onFailure(failure -> LOG.warn("A sweep of files was cut short: {}", failure.toString()))
        .onComplete(done -> scheduleNext());
  }
}
