package chat.jovial.mds.push;

import chat.jovial.contract.Caller;
import chat.jovial.contract.EdgeOperations;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mds.Pushes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Channel of the pushes of one MDS verticle to one other node. One message is in flight at a time
 * and what comes meanwhile is the next one, so that order holds, and a busy node costs few
 * messages. Retried when it is not acknowledged; its number allows the receiver to apply it once.
 * Confined to the verticle's event loop.
 */
final class NodePushChannel {
  private static final Logger LOG = LoggerFactory.getLogger(NodePushChannel.class);

  /** How long the other node has to acknowledge: it only forwards to its connections. */
  private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int ATTEMPTS = 3;

  /** Bytes in one message, roughly. */
  private static final int MAX_TOGETHER_BYTES = 1024 * 1024;

  /**
   * Bytes that wait for a node that does not answer. What comes beyond is dropped: devices see the
   * gap, or find what they lack at their next sync.
   */
  private static final int MAX_WAITING_BYTES = 16 * 1024 * 1024;

  private final Vertx vertx;
  private final String address;

  /** Identifies this channel to the receiver; no other channel ever has that name. */
  private final String stream = UUID.randomUUID().toString();

  private final Runnable dropped;
  private final DeliveryOptions options =
      new DeliveryOptions().setSendTimeout(ACKNOWLEDGED_WITHIN.toMillis());
  private final Queue<Sized> waiting = new ArrayDeque<>();
  private int waitingBytes;
  private long number;
  private boolean sending;

  private record Sized(Push push, int bytes) {}

  /**
   * @param dropped called for each push that is given up
   */
  NodePushChannel(Vertx vertx, String node, Runnable dropped) {
    this.vertx = vertx;
    this.address = Pushes.address(node);
    this.dropped = dropped;
  }

  void add(Push push) {
    int bytes = push.sizeInBytes();
    if (waitingBytes + bytes > MAX_WAITING_BYTES) {
      dropped.run();
      return;
    }
    waiting.add(new Sized(push, bytes));
    waitingBytes += bytes;
    sendNext();
  }

  boolean isIdle() {
    return !sending && waiting.isEmpty();
  }

  private void sendNext() {
    if (sending || waiting.isEmpty()) {
      return;
    }
    List<Push> together = new ArrayList<>();
    int bytes = 0;
    while (!waiting.isEmpty()
        && together.size() < Pushes.MAX_PUSHES
        && (together.isEmpty() || bytes + waiting.element().bytes() <= MAX_TOGETHER_BYTES)) {
      Sized next = waiting.remove();
      together.add(next.push());
      bytes += next.bytes();
    }
    waitingBytes -= bytes;
    sending = true;
    Pushes pushes = new Pushes(stream, ++number, together);
    send(pushes, 1)
        .onComplete(
            done -> {
              sending = false;
              if (done.failed()) {
                together.forEach(push -> dropped.run());
                LOG.debug("{} does not acknowledge pushes: {}", address, done.cause().getMessage());
              }
              sendNext();
            });
  }

  private Future<Void> send(Pushes pushes, int nth) {
    return vertx
        .eventBus()
        .request(address, new Call(EdgeOperations.PUSHES, Caller.SERVICE, pushes), options)
        .<Void>mapEmpty()
        .recover(
            failure ->
                nth == ATTEMPTS
                    ? Future.failedFuture(failure)
                    : vertx.timer(PAUSE.toMillis()).compose(waited -> send(pushes, nth + 1)));
  }
}
