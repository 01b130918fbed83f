package chat.jovial.bench.load;

import chat.jovial.bench.wire.Client;
import chat.jovial.bench.wire.Connector;
import chat.jovial.bench.wire.FrameListener;
import chat.jovial.bench.wire.Transport;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of a load: pinged now and then, because a server closes who says nothing for
 * long, and counted when they close. The list is confined to the event loop.
 */
final class Connections implements AutoCloseable {
  /** Below half the shortest time after which a server may call a connection idle. */
  private static final int PING_SECONDS = 10;

  private static final int CLOSE_SECONDS = 60;
  private static final int CLOSE_CHECK_MS = 20;

  private final Connector connector;
  private final ScheduledFuture<?> pings;
  private final List<Client> clients = new ArrayList<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicReference<@Nullable String> reason = new AtomicReference<>();

  Connections(Connector connector) {
    this.connector = connector;
    this.pings =
        connector
            .eventLoop()
            .scheduleAtFixedRate(
                () -> clients.forEach(Client::ping), PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Connects and logs in. The listener must tell {@link #noteClosed} of the end.
   *
   * @param local address to connect from; null for any
   */
  CompletableFuture<Client> open(
      Transport transport, @Nullable String local, String token, FrameListener listener) {
    return connector
        .connect(transport, local, listener)
        .thenCompose(
            client -> {
              clients.add(client); // On the one event loop.
              opened.incrementAndGet();
              return client.open(token);
            });
  }

  /** Waits, on a thread other than the event loop, for what connections were asked to do. */
  static <T> T await(CompletableFuture<T> asked, int seconds) throws InterruptedException {
    try {
      return asked.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A connection failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "Not all connections were answered within " + seconds + " s", e);
    }
  }

  /** To be called when one is closed, by whomever. */
  void noteClosed(String why) {
    closed.incrementAndGet();
    reason.compareAndSet(null, why);
  }

  /** Fails if any is closed: then less was measured than is claimed. */
  void checkAllOpen() {
    if (closed.get() > 0) {
      throw new IllegalStateException(
          closed.get() + " of " + opened.get() + " connections were closed: " + reason.get());
    }
  }

  /** Closes all and waits until they are. */
  @Override
  public void close() {
    pings.cancel(false);
    connector.eventLoop().execute(() -> clients.forEach(Client::close));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    try {
      while (closed.get() < opened.get() && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(CLOSE_CHECK_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
