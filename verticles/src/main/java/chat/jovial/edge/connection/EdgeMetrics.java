package chat.jovial.edge.connection;

import chat.jovial.edge.frames.CloseReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Metrics of the edge. Counters only: nothing is allocated for a message. */
public final class EdgeMetrics {
  private static final String SESSIONS = "jovial.edge.sessions";
  private static final String REQUESTS = "jovial.edge.requests";
  private static final String ERRORS = "jovial.edge.errors";
  private static final String PUSHED = "jovial.edge.pushed";

  /**
   * Events made into frames, once for each framing, however many connections they are pushed to.
   */
  private static final String ENCODED = "jovial.edge.encoded";

  private static final String PUSHES_DROPPED = "jovial.edge.pushes.dropped";
  private static final String UNCAUGHT = "jovial.edge.uncaught";
  private static final String CLOSED = "jovial.edge.closed";

  private final Counter requests;
  private final Counter errors;
  private final Counter pushed;
  private final Counter encoded;
  private final Counter pushesDropped;
  private final Counter uncaught;
  private final AtomicInteger sessions = new AtomicInteger();
  private final Map<CloseReason, Counter> closed = new EnumMap<>(CloseReason.class);

  public EdgeMetrics(MeterRegistry registry) {
    this.requests = registry.counter(REQUESTS);
    this.errors = registry.counter(ERRORS);
    this.pushed = registry.counter(PUSHED);
    this.encoded = registry.counter(ENCODED);
    this.pushesDropped = registry.counter(PUSHES_DROPPED);
    this.uncaught = registry.counter(UNCAUGHT);
    registry.gauge(SESSIONS, sessions);
    for (CloseReason reason : CloseReason.values()) {
      closed.put(
          reason, registry.counter(CLOSED, "reason", reason.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** Something that a client sent made the server fail. */
  public void uncaught() {
    uncaught.increment();
  }

  void sessionBound() {
    sessions.incrementAndGet();
  }

  void sessionUnbound() {
    sessions.decrementAndGet();
  }

  public void request() {
    requests.increment();
  }

  void error() {
    errors.increment();
  }

  void pushed(int frames) {
    pushed.increment(frames);
  }

  void encoded(int frames) {
    encoded.increment(frames);
  }

  void pushDropped() {
    pushesDropped.increment();
  }

  void closed(CloseReason reason) {
    Counter counter = closed.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }
}
