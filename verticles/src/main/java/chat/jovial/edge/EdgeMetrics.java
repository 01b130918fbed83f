package chat.jovial.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What operators see of the edge. Counters only: nothing is allocated for a message. */
final class EdgeMetrics {
  private static final String CONNECTIONS = "jovial.edge.connections";
  private static final String CONNECTIONS_REFUSED = "jovial.edge.connections.refused";
  private static final String SESSIONS = "jovial.edge.sessions";
  private static final String REQUESTS = "jovial.edge.requests";
  private static final String ERRORS = "jovial.edge.errors";
  private static final String PUSHED = "jovial.edge.pushed";

  /**
   * Events made into frames, once for each framing, however many connections they are pushed to.
   */
  private static final String ENCODED = "jovial.edge.encoded";

  private static final String PUSHES_DROPPED = "jovial.edge.pushes.dropped";
  private static final String CLOSED = "jovial.edge.closed";

  private final MeterRegistry registry;
  private final Counter refused;
  private final Counter requests;
  private final Counter errors;
  private final Counter pushed;
  private final Counter encoded;
  private final Counter pushesDropped;
  private final AtomicInteger sessions = new AtomicInteger();
  private final Map<CloseReason, Counter> closed = new EnumMap<>(CloseReason.class);

  EdgeMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.refused = registry.counter(CONNECTIONS_REFUSED);
    this.requests = registry.counter(REQUESTS);
    this.errors = registry.counter(ERRORS);
    this.pushed = registry.counter(PUSHED);
    this.encoded = registry.counter(ENCODED);
    this.pushesDropped = registry.counter(PUSHES_DROPPED);
    registry.gauge(SESSIONS, sessions);
    for (CloseReason reason : CloseReason.values()) {
      closed.put(
          reason, registry.counter(CLOSED, "reason", reason.name().toLowerCase(Locale.ROOT)));
    }
  }

  void gaugeConnections(AtomicInteger open) {
    registry.gauge(CONNECTIONS, open);
  }

  void connectionRefused() {
    refused.increment();
  }

  void sessionBound() {
    sessions.incrementAndGet();
  }

  void sessionUnbound() {
    sessions.decrementAndGet();
  }

  void request() {
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
