package chat.jovial.bench.load;

import chat.jovial.bench.check.Verdict;
import chat.jovial.bench.wire.Client;
import chat.jovial.bench.wire.Connector;
import chat.jovial.bench.wire.FrameListener;
import chat.jovial.bench.wire.SendFrame;
import chat.jovial.bench.wire.Transport;
import chat.jovial.contract.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pairs of users, each with a connection of its own, of which one sends to the other. Driven from
 * one thread, which it blocks; the connections live on the connector's event loop.
 */
public final class PairsLoad implements AutoCloseable {
  private static final int LOGINS_AT_ONCE = 16;
  private static final int OPEN_SECONDS = 120;

  /** How long answers may still come after the last message was sent. */
  private static final int DRAIN_SECONDS = 30;

  private static final int DRAIN_CHECK_MS = 20;

  /** Bits of a client id that tell one run from another. */
  private static final int MAX_RUN = 1 << 12;

  private final Connector connector;
  private final Window window = new Window();
  private final List<Pair> pairs = new ArrayList<>();
  private final Connections connections;

  private PairsLoad(Connector connector) {
    this.connector = connector;
    this.connections = new Connections(connector);
  }

  /** Makes the users, connects them and logs them in. */
  public static PairsLoad open(
      Connector connector, Transport transport, int pairs, String text, boolean receipts)
      throws InterruptedException {
    PairsLoad load = new PairsLoad(connector);
    try {
      List<Accounts.User> users =
          Connections.await(Accounts.create(connector, 2 * pairs), OPEN_SECONDS);
      int run = (int) (System.currentTimeMillis() % MAX_RUN);
      for (int i = 0; i < pairs; i++) {
        String conversationId =
            Ids.directConversation(users.get(2 * i).userId(), users.get(2 * i + 1).userId());
        load.pairs.add(
            new Pair(
                i,
                conversationId,
                new SendFrame(users.get(2 * i + 1).userId(), text, run),
                load.window,
                load.connections,
                receipts ? new Receipts(conversationId, load.window) : null));
      }
      Connections.await(
          Bounded.forEach(pairs, LOGINS_AT_ONCE, i -> load.open(i, transport, users)),
          OPEN_SECONDS);
      return load;
    } catch (InterruptedException | RuntimeException e) {
      load.close();
      throw e;
    }
  }

  /**
   * Keeps so many messages of each pair in flight.
   *
   * @param onStart called when the window begins, after the ramp
   * @param onEnd called when it ends, while the load still runs
   */
  public PairsWindow closedLoop(
      int inFlight, double rampSeconds, double windowSeconds, Runnable onStart, Runnable onEnd)
      throws InterruptedException {
    onLoop(
        () -> {
          pairs.forEach(pair -> pair.startClosedLoop(inFlight));
          return null;
        });
    sleep(rampSeconds);
    onStart.run();
    onLoop(
        () -> {
          window.restart(Long.MIN_VALUE);
          return null;
        });
    sleep(windowSeconds);
    Window.Copy copy = onLoop(window::copy);
    onEnd.run();
    drain();
    return PairsWindow.of(copy);
  }

  /** Sends at a fixed rate over all pairs; each message is measured from when it was due. */
  public PairsWindow fixedRate(int perSecond, double rampSeconds, double windowSeconds)
      throws InterruptedException {
    int rampCount = (int) (perSecond * rampSeconds);
    int count = rampCount + (int) (perSecond * windowSeconds);
    Pacer.run(
        perSecond,
        count,
        (index, dueNanos) ->
            connector
                .eventLoop()
                .execute(
                    () -> {
                      if (index == rampCount) {
                        window.restart(dueNanos);
                      }
                      pairs.get(index % pairs.size()).sendDue(dueNanos);
                    }));
    drain();
    return PairsWindow.of(onLoop(window::copy));
  }

  /** What became of all messages since the beginning. */
  public Verdict verdict() throws InterruptedException {
    return onLoop(
        () ->
            pairs.stream()
                .map(pair -> pair.checker().verdict())
                .reduce(Verdict.NONE, Verdict::plus));
  }

  /** What the server refused since the beginning, with counts. */
  public Map<String, Integer> errors() throws InterruptedException {
    return onLoop(window::copy).errors();
  }

  /**
   * Asks each reader's server for the newest entry of its conversation and counts the conversations
   * that end where they cannot, after what was told.
   */
  public int historyMismatches() throws InterruptedException {
    AtomicInteger mismatches = new AtomicInteger();
    Connections.await(
        Bounded.forEach(
            pairs.size(),
            LOGINS_AT_ONCE,
            i ->
                pairs
                    .get(i)
                    .newestStoredSeq()
                    .thenAccept(
                        seq -> {
                          if (!pairs.get(i).checker().mayEndAt(seq)) {
                            mismatches.incrementAndGet();
                          }
                        })),
        OPEN_SECONDS);
    return mismatches.get();
  }

  @Override
  public void close() {
    connections.close();
  }

  private CompletableFuture<?> open(int index, Transport transport, List<Accounts.User> users) {
    Pair pair = pairs.get(index);
    return login(transport, users.get(2 * index), pair.senderEnd())
        .thenAccept(pair::setSender)
        .thenCompose(done -> login(transport, users.get(2 * index + 1), pair.readerEnd()))
        .thenCompose(reader -> listen(pair, reader, users.get(2 * index + 1)));
  }

  private CompletableFuture<Client> login(
      Transport transport, Accounts.User user, FrameListener listener) {
    return connections.open(transport, null, user.token(), listener);
  }

  /** To register is silent; the answer to what follows it says that it has been done. */
  private static CompletableFuture<Client> listen(Pair pair, Client reader, Accounts.User user) {
    pair.setReader(reader);
    reader.registerInbox();
    return reader.open(user.token());
  }

  /** Stops sending and waits for what is on its way; what stays out is for the verdict. */
  private void drain() throws InterruptedException {
    onLoop(
        () -> {
          pairs.forEach(Pair::stop);
          return null;
        });
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_SECONDS);
    connections.checkAllOpen();
    while (System.nanoTime() < deadline
        && onLoop(() -> pairs.stream().mapToInt(Pair::inFlight).sum()) > 0) {
      TimeUnit.MILLISECONDS.sleep(DRAIN_CHECK_MS);
    }
  }

  private <T> T onLoop(Callable<T> action) throws InterruptedException {
    try {
      return connector.eventLoop().submit(action).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static void sleep(double seconds) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
  }
}
