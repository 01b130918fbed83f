package chat.jovial.mds.log;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mds.ReceiptEvent;
import chat.jovial.contract.mss.WriteReceipts;
import chat.jovial.mds.store.OwnershipTerm;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Delivered and read watermarks of the members of one conversation. What is acknowledged within a
 * second becomes one write; only when it is stored is it answered, and then published to the
 * devices of all members. Each number is the timestamp of its own write, so neither a late write
 * nor another owner's takes it back, and no lease is needed to publish it. Confined to the event
 * loop of its log.
 */
final class Watermarks {
  /** After a quiet time: long enough for "delivered" and "read" of an open window to be one. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /** Between two writes of a conversation that goes on being read. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Acknowledgements that wait for the next write; their devices receive {@code try_again}. */
  private static final int MAX_WAITING = 4096;

  private final LogContext context;
  private final Function<Instant, Future<Void>> recordActivity;

  /** By member, as many as the conversation has; null until they are loaded. */
  private @Nullable Map<String, Receipt> stored;

  /** Members whose watermarks this object has published, and not only one before it. */
  private final Set<String> published = new HashSet<>();

  private Map<String, Receipt> raised = new HashMap<>();
  private List<Promise<Void>> waiting = new ArrayList<>();
  private boolean busy;
  private boolean writing;
  private Instant lastWriteAt = Instant.EPOCH;
  private boolean closed;

  /**
   * @param recordActivity records for the members that there is something new on that day
   */
  Watermarks(LogContext context, Function<Instant, Future<Void>> recordActivity) {
    this.context = context;
    this.recordActivity = recordActivity;
  }

  /** Nothing is being written. What only waits may be refused: its device asks again. */
  boolean isQuiet() {
    return !writing;
  }

  /**
   * Succeeds when the member's watermarks are stored and at least that high. Neither may be above
   * the committed seq.
   */
  Future<Void> raise(String userId, long deliveredUpto, long readUpto) {
    Receipt wanted = Receipt.none(userId).with(deliveredUpto, readUpto);
    Receipt known = stored == null ? null : stored.get(userId);
    if (known != null && known.covers(wanted)) {
      if (!published.contains(userId)) {
        publish(known);
      }
      return Future.succeededFuture();
    }
    if (closed || waiting.size() >= MAX_WAITING) {
      return Future.failedFuture(
          JovialException.tryAgain("too many receipts wait in this conversation", PAUSE));
    }
    raised.merge(userId, wanted, (a, b) -> a.with(b.deliveredUpto(), b.readUpto()));
    Promise<Void> done = Promise.promise();
    waiting.add(done);
    if (!busy) {
      busy = true;
      writeAfter(pauseBeforeWrite());
    }
    return done.future();
  }

  /** Fails those who wait; a write that is in progress may still be stored. */
  void close(Throwable failure) {
    closed = true;
    complete(removeWaiting(), failure);
  }

  private void writeAfter(Duration pause) {
    context
        .timer()
        .after(pause)
        .compose(
            paused -> {
              writing = true;
              List<Promise<Void>> answered = removeWaiting();
              Map<String, Receipt> toWrite = raised;
              raised = new HashMap<>();
              return load()
                  .compose(known -> write(known, toWrite))
                  .onComplete(done -> complete(answered, done.cause()))
                  .onSuccess(higher -> higher.forEach(this::publish));
            })
        .onComplete(
            done -> {
              writing = false;
              lastWriteAt = context.clock().instant();
              busy = !closed && !waiting.isEmpty();
              if (busy) {
                writeAfter(pauseBeforeWrite());
              }
            });
  }

  /**
   * Also where acknowledgements come one by one, each after the reply to the one before, there is a
   * second between two writes.
   */
  private Duration pauseBeforeWrite() {
    Duration since = Duration.between(lastWriteAt, context.clock().instant());
    // A clock that was set back says nothing.
    boolean rested = since.isNegative() || since.compareTo(PAUSE.minus(FIRST_PAUSE)) >= 0;
    return rested ? FIRST_PAUSE : PAUSE.minus(since);
  }

  private Future<Map<String, Receipt>> load() {
    Map<String, Receipt> known = stored;
    return known != null
        ? Future.succeededFuture(known)
        : context
            .reads()
            .readReceipts(context.conversationId())
            .map(
                receipts -> {
                  Map<String, Receipt> loaded = new HashMap<>();
                  receipts.forEach(receipt -> loaded.put(receipt.userId(), receipt));
                  stored = loaded;
                  return loaded;
                });
  }

  /** Gives what was higher than before, and is stored now. */
  private Future<List<Receipt>> write(Map<String, Receipt> known, Map<String, Receipt> toWrite) {
    List<Receipt> higher = new ArrayList<>();
    toWrite.forEach(
        (userId, receipt) -> {
          Receipt before = known.getOrDefault(userId, Receipt.none(userId));
          if (!before.covers(receipt) || !published.contains(userId)) {
            higher.add(before.with(receipt.deliveredUpto(), receipt.readUpto()));
          }
        });
    if (closed) {
      return Future.failedFuture(OwnershipTerm.notOwner());
    }
    if (higher.isEmpty()) {
      return Future.succeededFuture(higher);
    }
    return recordActivity
        .apply(context.clock().instant())
        .compose(
            recorded ->
                context.writes().writeReceipts(new WriteReceipts(context.conversationId(), higher)))
        .map(
            written -> {
              higher.forEach(receipt -> known.put(receipt.userId(), receipt));
              return higher;
            });
  }

  /**
   * Not published once another owner may have published more. The device that got no reply asks
   * that owner, which then publishes.
   */
  private void publish(Receipt receipt) {
    if (closed || !context.term().isValid()) {
      return;
    }
    published.add(receipt.userId());
    context
        .publisher()
        .publish(
            Push.ofEvent(
                context.members(), ReceiptEvent.of(context.conversationId(), receipt), null));
  }

  private List<Promise<Void>> removeWaiting() {
    List<Promise<Void>> removed = waiting;
    waiting = new ArrayList<>();
    return removed;
  }

  private static void complete(List<Promise<Void>> waiting, @Nullable Throwable failure) {
    for (Promise<Void> done : waiting) {
      if (failure == null) {
        done.tryComplete();
      } else {
        done.tryFail(failure);
      }
    }
  }
}
