package chat.jovial.edge.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Budget of bytes for all that a node has received in part: frames, messages and bodies of which
 * the end has not come, over all transports. What does not fit is refused, so that thousands of
 * unfinished messages cannot fill the heap. Any thread.
 *
 * <p>Clients without a session share a small part of it: whoever has one is not refused for what
 * strangers have begun.
 */
public final class PartialBytes {
  /**
   * Bytes of each connection that are not counted, so that a page can be loaded and a login made
   * while the budget is used up. Their sum is bounded by the number of connections.
   */
  public static final int FREE_BYTES = 4 * 1024;

  private final long max;
  private final long maxAnonymous;
  private final AtomicLong all = new AtomicLong();
  private final AtomicLong anonymous = new AtomicLong();
  private final Counter refused;

  /**
   * @param max bytes for all connections
   * @param maxAnonymous bytes of them for connections without a session
   */
  public PartialBytes(long max, long maxAnonymous, MeterRegistry registry) {
    this.max = max;
    this.maxAnonymous = maxAnonymous;
    this.refused = registry.counter("jovial.edge.partial.refused");
    var unused =
        Gauge.builder("jovial.edge.partial.bytes", all, AtomicLong::doubleValue).register(registry);
  }

  /** Acquires bytes, to be released once; false if they do not fit. */
  public boolean acquire(long bytes, boolean ofSession) {
    if (all.addAndGet(bytes) > max) {
      all.addAndGet(-bytes);
      refused.increment();
      return false;
    }
    if (!ofSession && anonymous.addAndGet(bytes) > maxAnonymous) {
      anonymous.addAndGet(-bytes);
      all.addAndGet(-bytes);
      refused.increment();
      return false;
    }
    return true;
  }

  public void release(long bytes, boolean ofSession) {
    all.addAndGet(-bytes);
    if (!ofSession) {
      anonymous.addAndGet(-bytes);
    }
  }

  /** Bytes that are acquired now. */
  public long acquired() {
    return all.get();
  }
}
