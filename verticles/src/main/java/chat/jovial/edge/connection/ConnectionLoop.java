package chat.jovial.edge.connection;

import chat.jovial.edge.frames.CloseReason;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Set of the connections of one event loop, and what they share: one timer that looks after all of
 * them, one flush for all that was written in a turn, one queue of what other threads have for
 * them. Confined to the event loop, but for {@link #deliver} and {@link #run}.
 */
public final class ConnectionLoop {
  /** How often connections are looked after: expiry, idleness, stalls. Coarse, but one timer. */
  private static final long SWEEP_MILLIS = 1_000;

  /**
   * Deliveries waiting for this event loop, about 100 bytes each. Beyond it they are dropped: a
   * push is a hint, a device that sees a gap reads the log.
   */
  private static final int MAX_QUEUED_DELIVERIES = 100_000;

  /** Frames for a connection, from another thread. */
  private record Delivery(ClientConnection connection, byte[][] frames) {}

  private final Vertx vertx;
  private final ContextInternal context;
  private final EventLoop eventLoop;
  private final Clock clock;
  private final EdgeMetrics metrics;
  private final List<ClientConnection> connections = new ArrayList<>();
  private final List<NettyOutbound> unflushed = new ArrayList<>();
  private final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queuedDeliveries = new AtomicInteger();
  private final AtomicBoolean draining = new AtomicBoolean();
  private final Runnable flush = this::flushAll;
  private final Runnable drain = this::drainDeliveries;
  private long nowMillis = monotonicMillis();
  private long sweepTimer;

  public ConnectionLoop(Vertx vertx, ContextInternal context, Clock clock, EdgeMetrics metrics) {
    this.vertx = vertx;
    this.context = context;
    this.eventLoop = context.nettyEventLoop();
    this.clock = clock;
    this.metrics = metrics;
  }

  public void start() {
    sweepTimer = vertx.setPeriodic(SWEEP_MILLIS, unused -> sweep());
  }

  public void stop() {
    vertx.cancelTimer(sweepTimer);
  }

  boolean isCurrent() {
    return eventLoop.inEventLoop();
  }

  /** Runs on this event loop: at once if this is it, else soon. Any thread. */
  public void run(Runnable task) {
    if (eventLoop.inEventLoop()) {
      task.run();
    } else {
      context.runOnContext(unused -> task.run());
    }
  }

  /** The outcome of what runs on this event loop. Any thread. */
  <T> Future<T> call(Supplier<Future<T>> task) {
    Promise<T> outcome = Promise.promise();
    context.runOnContext(unused -> task.get().onComplete(outcome));
    return outcome.future();
  }

  /** A monotonic clock of one second's resolution, which costs nothing. */
  long nowMillis() {
    return nowMillis;
  }

  void add(ClientConnection connection) {
    connection.indexInLoop = connections.size();
    connections.add(connection);
  }

  void remove(ClientConnection connection) {
    ClientConnection last = connections.remove(connections.size() - 1);
    if (last != connection) {
      last.indexInLoop = connection.indexInLoop;
      connections.set(connection.indexInLoop, last);
    }
  }

  int size() {
    return connections.size();
  }

  /** Flushes at the end of this turn, so that what is written meanwhile goes out together. */
  void flushSoon(NettyOutbound outbound) {
    unflushed.add(outbound);
    if (unflushed.size() == 1) {
      eventLoop.execute(flush);
    }
  }

  /** Hands frames to a connection of this loop. Any thread. */
  void deliver(ClientConnection connection, byte[][] frames) {
    if (queuedDeliveries.incrementAndGet() > MAX_QUEUED_DELIVERIES) {
      queuedDeliveries.decrementAndGet();
      metrics.pushDropped();
      return;
    }
    deliveries.add(new Delivery(connection, frames));
    if (draining.compareAndSet(false, true)) {
      eventLoop.execute(drain);
    }
  }

  /**
   * Sends every connection elsewhere, and closes it: when what it asked is answered, or after that
   * time.
   */
  public void closeAll(CloseReason reason, long limitMillis) {
    vertx.setTimer(limitMillis, late -> List.copyOf(connections).forEach(one -> one.close(reason)));
    List.copyOf(connections).forEach(connection -> connection.closeWhenAnswered(reason));
  }

  private void drainDeliveries() {
    draining.set(false);
    Delivery delivery;
    while ((delivery = deliveries.poll()) != null) {
      queuedDeliveries.decrementAndGet();
      delivery.connection().sendEvents(delivery.frames());
    }
  }

  private void flushAll() {
    // By index, because a flush may complete a close that writes to another connection.
    for (int i = 0; i < unflushed.size(); i++) {
      unflushed.get(i).flush();
    }
    unflushed.clear();
  }

  private void sweep() {
    nowMillis = monotonicMillis();
    long wallMillis = clock.millis();
    // From the end, because a connection that closes is replaced by the last one.
    for (int i = connections.size() - 1; i >= 0; i--) {
      connections.get(i).sweep(nowMillis, wallMillis);
    }
  }

  private static long monotonicMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
