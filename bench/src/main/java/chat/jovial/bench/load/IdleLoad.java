package chat.jovial.bench.load;

import chat.jovial.bench.wire.Client;
import chat.jovial.bench.wire.Connector;
import chat.jovial.bench.wire.FrameKind;
import chat.jovial.bench.wire.FrameListener;
import chat.jovial.bench.wire.FrameScanner;
import chat.jovial.bench.wire.Transport;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Connections that log in, ask for events, and then only ping now and then. Driven from one thread,
 * which it blocks.
 */
public final class IdleLoad implements AutoCloseable {
  private static final int LOGINS_AT_ONCE = 32;
  private static final int OPEN_SECONDS = 600;

  /** Connections from one loopback address; the system has 28,000 ports for each. */
  private static final int CONNECTIONS_PER_ADDRESS = 5_000;

  private final Connections connections;

  private IdleLoad(Connector connector) {
    this.connections = new Connections(connector);
  }

  /** Mints the tokens of so many users, to be used by {@link #open}. */
  public static List<Accounts.User> users(Connector connector, int count)
      throws InterruptedException {
    return Connections.await(Accounts.create(connector, count), OPEN_SECONDS);
  }

  /** Opens a session for each user. */
  public static IdleLoad open(Connector connector, Transport transport, List<Accounts.User> users)
      throws InterruptedException {
    IdleLoad load = new IdleLoad(connector);
    try {
      Connections.await(
          Bounded.forEach(users.size(), LOGINS_AT_ONCE, i -> load.open(i, transport, users.get(i))),
          OPEN_SECONDS);
      return load;
    } catch (InterruptedException | RuntimeException e) {
      load.close();
      throw e;
    }
  }

  /** Fails if the server has closed any. */
  public void checkAllOpen() {
    connections.checkAllOpen();
  }

  @Override
  public void close() {
    connections.close();
  }

  private CompletableFuture<?> open(int index, Transport transport, Accounts.User user) {
    String local = "127.0.0." + (2 + index / CONNECTIONS_PER_ADDRESS);
    return connections
        .open(transport, local, user.token(), new Quiet())
        .thenAccept(Client::registerInbox);
  }

  private final class Quiet implements FrameListener {
    @Override
    public void onFrame(FrameKind kind, FrameScanner scanner) {}

    @Override
    public void onBatchEnd() {}

    @Override
    public void onClosed(String reason) {
      connections.noteClosed(reason);
    }
  }
}
