package chat.jovial.bench.load;

import chat.jovial.bench.wire.Client;
import chat.jovial.bench.wire.Connector;
import chat.jovial.bench.wire.FrameKind;
import chat.jovial.bench.wire.FrameListener;
import chat.jovial.bench.wire.FrameScanner;
import chat.jovial.bench.wire.MessageId;
import chat.jovial.bench.wire.SendFrame;
import chat.jovial.bench.wire.Transport;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One sender, and very many connections of the user that it writes to. A message is sent when the
 * one before is everywhere. Driven from one thread, which it blocks; the connections live on the
 * connector's event loop.
 */
public final class FanoutLoad implements AutoCloseable {
  private static final int LOGINS_AT_ONCE = 32;
  private static final int OPEN_SECONDS = 120;

  /** For one message to be everywhere; what is not there by then counts as missing. */
  private static final int MESSAGE_SECONDS = 30;

  private static final int RUN = 1;
  private static final int SIGNIFICANT_DIGITS = 3;

  private final Connector connector;
  private final Connections connections;
  private final int readers;
  private final SendFrame frame;
  private final BitSet reached = new BitSet();
  private @Nullable Client sender;
  private long number;
  private long sentNanos;
  private Histogram deliveries = new Histogram(SIGNIFICANT_DIGITS);
  private CompletableFuture<Void> everywhere = CompletableFuture.completedFuture(null);

  private FanoutLoad(Connector connector, int readers, SendFrame frame) {
    this.connector = connector;
    this.connections = new Connections(connector);
    this.readers = readers;
    this.frame = frame;
  }

  /** What a run of messages came to; times in nanoseconds. */
  public record Run(double seconds, Histogram toReceive, Histogram toLast, long missing) {}

  /** Makes two users, connects one of them once and the other so many times. */
  public static FanoutLoad open(Connector connector, Transport transport, int readers, String text)
      throws InterruptedException {
    List<Accounts.User> users = Connections.await(Accounts.create(connector, 2), OPEN_SECONDS);
    FanoutLoad load =
        new FanoutLoad(connector, readers, new SendFrame(users.get(1).userId(), text, RUN));
    try {
      load.sender =
          Connections.await(load.connect(transport, users.get(0), load.new Sender()), OPEN_SECONDS);
      Connections.await(
          Bounded.forEach(
              readers,
              LOGINS_AT_ONCE,
              i ->
                  load.connect(transport, users.get(1), load.new Reader(i))
                      .thenAccept(Client::registerInbox)),
          OPEN_SECONDS);
      return load;
    } catch (InterruptedException | RuntimeException e) {
      load.close();
      throw e;
    }
  }

  /** Sends so many messages, each when the one before is everywhere. */
  public Run send(int messages) throws InterruptedException {
    Histogram toLast = new Histogram(SIGNIFICANT_DIGITS);
    deliveries = new Histogram(SIGNIFICANT_DIGITS);
    long missing = 0;
    long begin = System.nanoTime();
    for (int i = 0; i < messages; i++) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      connector.eventLoop().execute(() -> sendNext(done));
      try {
        done.get(MESSAGE_SECONDS, TimeUnit.SECONDS);
        toLast.recordValue(System.nanoTime() - sentNanos);
      } catch (TimeoutException e) {
        missing += readers - reached.cardinality();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    connections.checkAllOpen();
    return new Run((System.nanoTime() - begin) / 1e9, deliveries, toLast, missing);
  }

  @Override
  public void close() {
    connections.close();
  }

  /** On the event loop. */
  private void sendNext(CompletableFuture<Void> done) {
    Client from = sender;
    if (from != null) {
      reached.clear();
      everywhere = done;
      number++;
      sentNanos = System.nanoTime();
      from.write(frame.of(MessageId.value(0, number)));
      from.flush();
    }
  }

  private CompletableFuture<Client> connect(
      Transport transport, Accounts.User user, FrameListener listener) {
    return connections.open(transport, null, user.token(), listener);
  }

  private final class Sender implements FrameListener {
    @Override
    public void onFrame(FrameKind kind, FrameScanner scanner) {
      if (kind == FrameKind.ERROR) {
        everywhere.completeExceptionally(new IllegalStateException(scanner.error()));
      }
    }

    @Override
    public void onBatchEnd() {}

    @Override
    public void onClosed(String reason) {
      connections.noteClosed(reason);
    }
  }

  private final class Reader implements FrameListener {
    private final int index;

    Reader(int index) {
      this.index = index;
    }

    @Override
    public void onFrame(FrameKind kind, FrameScanner scanner) {
      boolean isThis =
          kind == FrameKind.PUSHED_MESSAGE && MessageId.number(scanner.clientValue()) == number;
      if (isThis && !reached.get(index)) {
        reached.set(index);
        deliveries.recordValue(System.nanoTime() - sentNanos);
        if (reached.cardinality() == readers) {
          everywhere.complete(null);
        }
      }
    }

    @Override
    public void onBatchEnd() {}

    @Override
    public void onClosed(String reason) {
      connections.noteClosed(reason);
    }
  }
}
