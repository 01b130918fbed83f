package chat.jovial.bench.load;

import chat.jovial.bench.check.StreamChecker;
import chat.jovial.bench.wire.Client;
import chat.jovial.bench.wire.FrameKind;
import chat.jovial.bench.wire.FrameListener;
import chat.jovial.bench.wire.FrameScanner;
import chat.jovial.bench.wire.MessageId;
import chat.jovial.bench.wire.SendFrame;
import chat.jovial.contract.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One sender and its reader. A message is in flight until the sender was told that it is stored and
 * the reader has it. Confined to the event loop that both connections share.
 */
final class Pair {
  /** Messages of one pair on their way; at 500 a second in all, minutes of a stuck server. */
  private static final int MAX_IN_FLIGHT = 1 << 12;

  /** Before the next send after one that failed, if the server asks for no longer. */
  private static final int MIN_PAUSE_MS = 100;

  private final int index;
  private final String conversationId;
  private final SendFrame frame;
  private final Window window;
  private final Connections connections;
  private final @Nullable Receipts receipts;
  private final StreamChecker checker = new StreamChecker();

  /** By number modulo the size: when it was sent, and how many of its two answers are missing. */
  private final long[] sentNanos = new long[MAX_IN_FLIGHT];

  private final byte[] missing = new byte[MAX_IN_FLIGHT];
  private final FrameListener senderEnd = new SenderEnd();
  private final FrameListener readerEnd = new ReaderEnd();
  private @Nullable Client sender;
  private @Nullable Client reader;
  private int inFlight;
  private boolean refilling;

  /**
   * @param receipts null if the reader acknowledges nothing
   */
  Pair(
      int index,
      String conversationId,
      SendFrame frame,
      Window window,
      Connections connections,
      @Nullable Receipts receipts) {
    this.receipts = receipts;
    this.index = index;
    this.conversationId = conversationId;
    this.frame = frame;
    this.window = window;
    this.connections = connections;
  }

  FrameListener senderEnd() {
    return senderEnd;
  }

  FrameListener readerEnd() {
    return readerEnd;
  }

  void setSender(Client client) {
    sender = client;
  }

  void setReader(Client client) {
    reader = client;
  }

  /** The seq of the last entry in the store; 0 if there is none. */
  CompletableFuture<Long> newestStoredSeq() {
    ObjectNode newest =
        Json.MAPPER.createObjectNode().put("conversation_id", conversationId).put("limit", 1);
    return Objects.requireNonNull(reader)
        .call("mss.history", newest)
        .thenApply(page -> page.path("entries").path(0).path("seq").asLong());
  }

  StreamChecker checker() {
    return checker;
  }

  int inFlight() {
    return inFlight;
  }

  /** Sends so many, and one more for each that is done, until {@link #stop}. */
  void startClosedLoop(int count) {
    refilling = true;
    for (int i = 0; i < count; i++) {
      send(System.nanoTime());
    }
    sender().flush();
  }

  void stop() {
    refilling = false;
  }

  /** Sends one that was due at that time. */
  void sendDue(long dueNanos) {
    send(dueNanos);
    sender().flush();
  }

  private Client sender() {
    return Objects.requireNonNull(sender);
  }

  private void send(long startNanos) {
    if (inFlight == MAX_IN_FLIGHT) {
      window.fail(
          "pair " + index + " has " + inFlight + " messages in flight: the server is stuck");
      return;
    }
    int number = checker.send();
    int slot = number % MAX_IN_FLIGHT;
    if (missing[slot] != 0) {
      // A message that never settled; the checker goes on counting it.
      inFlight--;
    }
    sentNanos[slot] = startNanos;
    missing[slot] = 2;
    inFlight++;
    sender().write(frame.of(MessageId.value(index, number)));
  }

  private void settle(long number) {
    int slot = (int) (number % MAX_IN_FLIGHT);
    if (missing[slot] > 0 && --missing[slot] == 0) {
      inFlight--;
      window.countDelivered();
      if (refilling) {
        send(System.nanoTime());
      }
    }
  }

  private long startOf(long number) {
    return sentNanos[(int) (number % MAX_IN_FLIGHT)];
  }

  private long numberOf(long value) {
    return value >= 0 && MessageId.pair(value) == index ? MessageId.number(value) : -1;
  }

  private void handleError(FrameScanner scanner) {
    long number = numberOf(scanner.addressValue());
    checker.failed(number);
    window.noteError(scanner.error());
    if (number < 0) {
      return;
    }
    long pauseMillis = scanner.retryAfterMillis();
    int slot = (int) (number % MAX_IN_FLIGHT);
    if (missing[slot] > 0) {
      missing[slot] = 0;
      inFlight--;
    }
    var unused =
        sender()
            .eventLoop()
            .schedule(
                () -> {
                  if (refilling) {
                    sendDue(System.nanoTime());
                  }
                },
                Math.max(MIN_PAUSE_MS, pauseMillis),
                TimeUnit.MILLISECONDS);
  }

  private final class SenderEnd implements FrameListener {
    @Override
    public void onFrame(FrameKind kind, FrameScanner scanner) {
      if (kind == FrameKind.REPLY) {
        long number = numberOf(scanner.addressValue());
        if (checker.stored(number, scanner.seq())) {
          window.recordStored(startOf(number));
          settle(number);
        }
      } else if (kind == FrameKind.ERROR) {
        handleError(scanner);
      }
    }

    @Override
    public void onBatchEnd() {
      // The client flushes itself then, and only it wrote.
    }

    @Override
    public void onClosed(String reason) {
      connections.noteClosed(reason);
    }
  }

  private final class ReaderEnd implements FrameListener {
    @Override
    public void onFrame(FrameKind kind, FrameScanner scanner) {
      if (kind == FrameKind.PUSHED_MESSAGE) {
        long number = numberOf(scanner.clientValue());
        if (checker.received(number, scanner.seq())) {
          window.recordReceived(startOf(number));
          settle(number);
        }
        if (receipts != null && reader != null) {
          receipts.received(reader, scanner.seq());
        }
      } else if (kind == FrameKind.ERROR) {
        window.noteError(scanner.error());
      }
    }

    @Override
    public void onBatchEnd() {
      if (sender != null) {
        sender.flush();
      }
    }

    @Override
    public void onClosed(String reason) {
      connections.noteClosed(reason);
    }
  }
}
