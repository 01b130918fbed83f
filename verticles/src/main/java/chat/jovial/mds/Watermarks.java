package chat.jovial.mds;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mds.ReceiptEvent;
import chat.jovial.contract.mss.WriteReceipts;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
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
 * How far the members have a conversation, as two numbers for each. What is acknowledged within a
 * second becomes one write; only when it is stored is it answered, and then told to the devices of
 * all members. Each number is the timestamp of its own write, so neither a late write nor another
 * owner's takes it back, and no lease is needed to tell it. Confined to the event loop of its log.
 */
final class Watermarks {
  /** After a quiet time: long enough for "delivered" and "read" of an open window to be one. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /** Between two writes of a conversation that goes on being read. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Acknowledgements that wait for the next write; their devices are told to try again. */
  private static final int MAX_WAITING = 4096;

  private final String conversationId;
  private final Tenure tenure;
  private final LogStore store;
  private final Persistence persistence;
  private final Teller teller;
  private final Clock clock;
  private final Function<Instant, Future<Void>> touch;

  /** By member, as many as the conversation has; null until they are loaded. */
  private @Nullable Map<String, Receipt> stored;

  /** Members whose stored watermarks were told by this object, and not only by one before it. */
  private final Set<String> told = new HashSet<>();

  private Map<String, Receipt> raised = new HashMap<>();
  private List<Promise<Void>> waiting = new ArrayList<>();
  private boolean busy;
  private boolean writing;
  private Instant lastWriteAt = Instant.EPOCH;
  private boolean closed;

  /**
   * @param touch notes the conversation for its members on that day
   */
  Watermarks(
      String conversationId,
      Tenure tenure,
      LogStore store,
      Persistence persistence,
      Teller teller,
      Clock clock,
      Function<Instant, Future<Void>> touch) {
    this.conversationId = conversationId;
    this.tenure = tenure;
    this.store = store;
    this.persistence = persistence;
    this.teller = teller;
    this.clock = clock;
    this.touch = touch;
  }

  /** Nothing is being written. What only waits to be may be refused: its device asks again. */
  boolean isQuiet() {
    return !writing;
  }

  /**
   * Succeeds when the member's watermarks are stored and at least that high. Neither may be above
   * the acknowledged end.
   */
  Future<Void> raise(String userId, long deliveredUpto, long readUpto) {
    Receipt wanted = Receipt.none(userId).with(deliveredUpto, readUpto);
    Receipt known = stored == null ? null : stored.get(userId);
    if (known != null && known.covers(wanted)) {
      if (!told.contains(userId)) {
        tell(known);
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

  /** Those who wait are told to try again; a write that is under way may still be stored. */
  void close(Throwable failure) {
    closed = true;
    settle(takeWaiting(), failure);
  }

  private void writeAfter(Duration pause) {
    persistence
        .pause(pause)
        .compose(
            paused -> {
              writing = true;
              List<Promise<Void>> answered = takeWaiting();
              Map<String, Receipt> taken = raised;
              raised = new HashMap<>();
              return load()
                  .compose(known -> write(known, taken))
                  .onComplete(done -> settle(answered, done.cause()))
                  .onSuccess(higher -> higher.forEach(this::tell));
            })
        .onComplete(
            done -> {
              writing = false;
              lastWriteAt = clock.instant();
              busy = !closed && !waiting.isEmpty();
              if (busy) {
                writeAfter(pauseBeforeWrite());
              }
            });
  }

  /**
   * Also where acknowledgements come one by one, each after the answer to the one before, there is
   * a second between two writes.
   */
  private Duration pauseBeforeWrite() {
    Duration since = Duration.between(lastWriteAt, clock.instant());
    // A clock that was set back says nothing.
    boolean rested = since.isNegative() || since.compareTo(PAUSE.minus(FIRST_PAUSE)) >= 0;
    return rested ? FIRST_PAUSE : PAUSE.minus(since);
  }

  private Future<Map<String, Receipt>> load() {
    Map<String, Receipt> known = stored;
    return known != null
        ? Future.succeededFuture(known)
        : store
            .readReceipts(conversationId)
            .map(
                receipts -> {
                  Map<String, Receipt> loaded = new HashMap<>();
                  receipts.forEach(receipt -> loaded.put(receipt.userId(), receipt));
                  stored = loaded;
                  return loaded;
                });
  }

  /** Gives what was higher than before, and is stored now. */
  private Future<List<Receipt>> write(Map<String, Receipt> known, Map<String, Receipt> taken) {
    List<Receipt> higher = new ArrayList<>();
    taken.forEach(
        (userId, receipt) -> {
          Receipt before = known.getOrDefault(userId, Receipt.none(userId));
          if (!before.covers(receipt) || !told.contains(userId)) {
            higher.add(before.with(receipt.deliveredUpto(), receipt.readUpto()));
          }
        });
    if (closed) {
      return Future.failedFuture(Tenure.notOwner());
    }
    if (higher.isEmpty()) {
      return Future.succeededFuture(higher);
    }
    return touch
        .apply(clock.instant())
        .compose(
            touched -> persistence.writeReceipts(new WriteReceipts(conversationId, higher), tenure))
        .map(
            written -> {
              higher.forEach(receipt -> known.put(receipt.userId(), receipt));
              return higher;
            });
  }

  /**
   * Not told once another owner may have told more. The device that got no answer asks that one,
   * which then tells.
   */
  private void tell(Receipt receipt) {
    if (closed || !tenure.lasts()) {
      return;
    }
    told.add(receipt.userId());
    teller.tell(
        Push.ofEvent(Members.of(conversationId), ReceiptEvent.of(conversationId, receipt), null));
  }

  private List<Promise<Void>> takeWaiting() {
    List<Promise<Void>> taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }

  private static void settle(List<Promise<Void>> waiting, @Nullable Throwable failure) {
    for (Promise<Void> done : waiting) {
      if (failure == null) {
        done.tryComplete();
      } else {
        done.tryFail(failure);
      }
    }
  }
}
