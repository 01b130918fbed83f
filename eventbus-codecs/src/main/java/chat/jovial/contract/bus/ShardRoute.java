package chat.jovial.contract.bus;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.Reply;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Route of the calls from one client of the bus to the owner of one shard. Any thread.
 *
 * <p>They arrive in the order in which they were made, also while the shard changes hands: as long
 * as one is in flight to the previous owner, the later ones wait, and those that were refused are
 * sent again in their first order. Sending is done under the lock, else two threads could overtake
 * each other; it never blocks.
 */
final class ShardRoute {
  /** Calls that wait for owners, over all shards; about 2 KB each. Beyond it: try_again. */
  private static final int MAX_WAITING = 20_000;

  /**
   * How long another node has for an answer before it is asked again, or its successor is. A node
   * that dies takes the calls in flight with it.
   */
  private static final Duration HOP = Duration.ofSeconds(2);

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Sends a call to a node. */
  @FunctionalInterface
  interface Sender {
    Future<Reply> send(String node, int shard, Call call, long timeoutMillis);
  }

  private final int shard;
  private final ShardOwners owners;
  private final Sender sender;
  private final AtomicInteger allWaiting;
  private final PriorityQueue<RoutedCall> waiting = new PriorityQueue<>();
  private @Nullable String target;
  private int inFlight;
  private boolean mustLook;
  private boolean looking;
  private long nextNumber;

  /**
   * @param allWaiting counts the waiting calls of all routes of the client
   */
  ShardRoute(int shard, ShardOwners owners, Sender sender, AtomicInteger allWaiting) {
    this.shard = shard;
    this.owners = owners;
    this.sender = sender;
    this.allWaiting = allWaiting;
  }

  synchronized Future<Reply> call(Call call, boolean repeatable, Duration timeout) {
    RoutedCall routed = RoutedCall.of(nextNumber++, call, repeatable, timeout.toNanos());
    String node = owners.nodeOf(shard);
    if (waiting.isEmpty() && node != null && (inFlight == 0 || node.equals(target))) {
      send(routed, node);
    } else {
      mustLook |= node == null;
      await(routed);
      sendWaiting();
    }
    return routed.outcome();
  }

  private void send(RoutedCall routed, String node) {
    target = node;
    inFlight++;
    long left = TimeUnit.NANOSECONDS.toMillis(routed.nanosLeft());
    long limit = node.equals(owners.here()) ? left : Math.min(left, HOP.toMillis());
    sender
        .send(node, shard, routed.call(), Math.max(1, limit))
        .onComplete(answer -> handleAnswer(routed, answer));
  }

  private void handleAnswer(RoutedCall routed, AsyncResult<Reply> answer) {
    boolean again = answer.failed() && routed.mayBeSentAgain(answer.cause());
    synchronized (this) {
      inFlight--;
      if (again && routed.nanosLeft() > 0) {
        mustLook = true;
        await(routed);
      } else {
        again = false;
      }
      sendWaiting();
    }
    if (!again) {
      if (answer.succeeded()) {
        routed.promise().complete(answer.result());
      } else {
        routed.promise().fail(asClientError(answer.cause()));
      }
    }
  }

  private void await(RoutedCall routed) {
    if (allWaiting.incrementAndGet() > MAX_WAITING) {
      allWaiting.decrementAndGet();
      routed.promise().fail(JovialException.tryAgain("too many requests wait for an owner", RETRY));
    } else {
      waiting.add(routed);
    }
  }

  /** Under the lock. */
  private void sendWaiting() {
    if (waiting.isEmpty() || inFlight > 0 || looking) {
      return;
    }
    if (mustLook) {
      looking = true;
      owners.refresh().onComplete(looked -> handleLook());
      return;
    }
    String node = owners.nodeOf(shard);
    if (node == null) {
      mustLook = true;
      sendWaiting();
      return;
    }
    List<RoutedCall> all = new ArrayList<>(waiting.size());
    RoutedCall next;
    while ((next = waiting.poll()) != null) {
      all.add(next);
    }
    allWaiting.addAndGet(-all.size());
    // One that is refused at once comes back into the queue, behind none of these.
    all.forEach(routed -> send(routed, node));
  }

  private void handleLook() {
    List<RoutedCall> late = new ArrayList<>();
    synchronized (this) {
      looking = false;
      mustLook = false;
      waiting.removeIf(routed -> routed.nanosLeft() <= 0 && late.add(routed));
      allWaiting.addAndGet(-late.size());
      sendWaiting();
    }
    late.forEach(routed -> routed.promise().fail(noOwner()));
  }

  /** As the caller receives it; that a node is not the owner is nobody else's business. */
  private static JovialException asClientError(Throwable failure) {
    JovialException known = JovialException.of(failure);
    return known.isNotOwner() ? JovialException.tryAgain(known.detail(), RETRY) : known;
  }

  private static JovialException noOwner() {
    return JovialException.tryAgain("this conversation has no owner at the moment", RETRY);
  }
}
