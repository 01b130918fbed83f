package chat.jovial.mds;

import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Ack;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mss.Deleted;
import chat.jovial.contract.mss.LogTail;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One conversation, as its owner holds it in memory. Confined to one event loop.
 *
 * <h2>How a log stays one log</h2>
 *
 * <p>A conversation is a list of entries numbered 1, 2, 3, ... without gaps. Readers trust these
 * numbers: a gap is a loss that they can see, the highest one is their place. So two things must
 * never happen: that an entry of which a sender was told "stored" goes missing, and that a number
 * means one thing to one reader and another to the next. The store alone does not prevent either: a
 * write that failed may still arrive an hour later, and a process that was suspended goes on where
 * it stopped, not knowing that it has been replaced. Agreeing on each message among the replicas (a
 * lightweight transaction) would, at the price of eight times the work. This class does it with
 * plain writes and four rules.
 *
 * <p><b>One owner.</b> The conversation's shard is claimed by one process at a time ({@code
 * chat.jovial.cluster}). The claim is a number that only grows, and the owner writes everything
 * with that number as the write timestamp: its <em>epoch</em>. Cassandra keeps, of two writes of a
 * row, the one with the later timestamp; so whatever a former owner has still on its way loses to
 * what the present one has written, whenever it arrives. Being the owner by a clock is needed only
 * where something is <em>told</em>: the lease is looked at after the write was acknowledged, before
 * anybody hears of it.
 *
 * <p><b>A number has one content.</b> Within one epoch a number is given to one content and never
 * again to another, not even when the write failed: it is written again, the same rows at the same
 * timestamp, until it is acknowledged or the lease has ended. In the second case the log is
 * <em>lost</em>: everyone who waits is told to try again, and the next activation uses another
 * epoch ({@link Tenure#endUnresolved}).
 *
 * <p><b>A new owner settles before it starts.</b> It reads, from a quorum, the newest entry and all
 * beyond the acknowledged end that this entry bears ({@code base}). Up to the first gap it keeps
 * them, writing them again with its own epoch; beyond, a range tombstone just older than its epoch
 * removes them for good, whether they have arrived yet or not. See {@link Activation}.
 *
 * <p><b>Nobody sees beyond the acknowledged end.</b> Readers are shown entries up to the {@code
 * base} of any entry without asking, and beyond that only what the owner says ({@link
 * #acknowledgedEnd}).
 *
 * <h2>Groups</h2>
 *
 * <p>One write is in flight at a time; what is sent meanwhile waits in the queue and is the next
 * group. Entries, bodies and idempotency rows of a group share a partition, so a group is one
 * mutation however many messages it holds: the busier a conversation, the cheaper each message. A
 * group never crosses a bucket. Entries get their number when the group is made, in the order of
 * their arrival. {@link LogAppender} does this.
 *
 * <h2>The same send twice</h2>
 *
 * <p>A {@code client_id} enters the {@link SendQueue} before anything asynchronous happens; a
 * second request with it waits for the first. Stored ids of the last minutes are in {@link
 * RecentSends}: an id that tells when it was made, after the memory begins, and that is not in
 * there, is new. For any other the store is asked, and its idempotency rows count only if the entry
 * that they name is really that message. So there is no time window after which a repeated send
 * makes a second message. {@link Admission} decides this.
 *
 * <h2>What changes a message</h2>
 *
 * <p>Edits, redactions and reactions are entries like any other and go the same way. Before their
 * group a <em>hint</em> is acknowledged at the target, so that whoever holds the target finds them.
 * A redaction must also take text away that is stored already, in the target and in its edits. It
 * does not delete the bodies, for a missing body beyond the base would be taken for a gap: it
 * writes a <em>mark</em> over each, acknowledged before its group, younger than any body written by
 * this or a former owner, and only at or below the acknowledged end, where a number has its content
 * for ever. Who settles a log and keeps a redaction marks again ({@link KeptRedactions}). So a
 * crash between mark and entry leaves a message without its text, never a log without its message;
 * and once the redaction was told, no owner can bring the text back. A long range of messages is
 * hidden first, and marked after it was told ({@link RangeRemoval}).
 *
 * <p>The rules were explored exhaustively (see the ADR on the fenced owner); {@code
 * LogSimulationTest} and {@code MessageLogIT} break the store and the lease at each step.
 */
final class ConversationLog {
  private static final Duration RETRY_WHEN_FULL = Duration.ofMillis(200);

  private final String conversationId;
  private final Tenure tenure;
  private final LogStore store;
  private final Persistence persistence;
  private final Teller teller;
  private final MdsConfig config;
  private final Clock clock;
  private final Consumer<ConversationLog> onClosed;

  private final SendQueue queue = new SendQueue();
  private final List<Promise<@Nullable ActiveLog>> waitingForActivation = new ArrayList<>();
  private boolean activating;
  private boolean closed;
  private Instant lastUsed;

  /** What works on the log once it is settled; null before. */
  private @Nullable ActiveLog active;

  /**
   * @param onClosed told when this object has ended; the next send makes another one
   */
  ConversationLog(
      String conversationId,
      Tenure tenure,
      LogStore store,
      Persistence persistence,
      Teller teller,
      MdsConfig config,
      Clock clock,
      Consumer<ConversationLog> onClosed) {
    this.conversationId = conversationId;
    this.tenure = tenure;
    this.store = store;
    this.persistence = persistence;
    this.teller = teller;
    this.config = config;
    this.clock = clock;
    this.onClosed = onClosed;
    this.lastUsed = clock.instant();
  }

  String conversationId() {
    return conversationId;
  }

  /** Whether its tenure lasts; otherwise nothing more may be asked of it. */
  boolean isOwner() {
    return !closed && tenure.lasts();
  }

  /** Whether it may leave memory: nothing is under way, and nobody has used it since that time. */
  boolean isIdleSince(Instant time) {
    return isQuiet() && lastUsed.isBefore(time) && (active == null || !active.isRemoving());
  }

  boolean isQuiet() {
    return !activating
        && queue.isEmpty()
        && waitingForActivation.isEmpty()
        && (active == null || active.isQuiet());
  }

  /** Takes an entry in. Succeeds when it is stored; see the class comment. */
  Future<Stored> take(Draft draft) {
    // As the store keeps times, so that a pushed entry is the same as one read back.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    lastUsed = now;
    int bytes = draft.bytes();
    if (bytes > config.maxBodyBytes()) {
      return Future.failedFuture(
          JovialException.tooLarge(
              "body has " + bytes + " bytes; at most " + config.maxBodyBytes() + " are allowed"));
    }
    PendingSend pending = new PendingSend(draft, bytes, now);
    PendingSend first = queue.unsettled(pending.key());
    if (first != null) {
      return first.settled().compose(pending::replyToDuplicate);
    }
    if (!queue.hasRoomFor(pending)) {
      return Future.failedFuture(
          JovialException.tryAgain("this conversation is too busy", RETRY_WHEN_FULL));
    }
    queue.add(pending);
    // One that was never ready was settled as what the store already had.
    Future<Stored> reply =
        pending
            .settled()
            .compose(
                entry ->
                    pending.isReady()
                        ? Future.succeededFuture(pending.reply(entry, false))
                        : pending.replyToDuplicate(entry));
    if (active == null) {
      activate();
    } else {
      active.admit(List.of(pending));
    }
    return reply;
  }

  /** How far the log is acknowledged: nobody may be shown more. */
  Future<Long> acknowledgedEnd() {
    return active().map(log -> log == null ? 0 : log.end());
  }

  /** Notes how far a member has it. Succeeds when that is stored. */
  Future<Void> acknowledge(String userId, Ack ack) {
    return active()
        .compose(
            log ->
                log == null
                    ? Future.failedFuture(ActiveLog.aboveEnd(ack, 0))
                    : log.acknowledge(userId, ack));
  }

  /** Deletes the messages stored from a time on; see {@link RangeRemoval}. */
  Future<Deleted> deleteFrom(Caller caller, Instant from) {
    return active()
        .compose(
            log ->
                log == null
                    ? Future.succeededFuture(new Deleted(0))
                    : log.deleteFrom(caller, from));
  }

  /** Ends it although something may be under way: the process stops or has lost the shard. */
  void close() {
    if (isQuiet()) {
      end(Tenure.notOwner());
    } else {
      lose(Tenure.notOwner());
    }
  }

  // ---- Activation

  /** What works on the log; null if there is none yet, and then this object has ended. */
  private Future<@Nullable ActiveLog> active() {
    lastUsed = clock.instant();
    if (active != null) {
      return tenure.lasts()
          ? Future.succeededFuture(active)
          : Future.failedFuture(Tenure.notOwner());
    }
    Promise<@Nullable ActiveLog> settled = Promise.promise();
    waitingForActivation.add(settled);
    activate();
    return settled.future();
  }

  private void activate() {
    if (activating) {
      return;
    }
    activating = true;
    Instant now = clock.instant();
    Activation activation = new Activation(conversationId, store, persistence, tenure);
    activation
        .read(now)
        .onFailure(this::end)
        .onSuccess(
            found -> {
              if (found.bucket() < 0 && queue.isEmpty()) {
                // A reader asked for a log that does not exist: that leaves no trace in the store.
                answerWaiting(null);
                end(Tenure.notOwner());
              } else {
                settle(activation, found, now);
              }
            });
  }

  private void settle(Activation activation, LogTail found, Instant now) {
    activation
        .settle(found, now)
        .onFailure(this::lose)
        .onSuccess(
            settled -> {
              if (closed) {
                return;
              }
              if (!tenure.lasts()) {
                lose(Tenure.notOwner());
                return;
              }
              activating = false;
              ActiveLog log =
                  new ActiveLog(
                      conversationId,
                      tenure,
                      store,
                      persistence,
                      teller,
                      config,
                      clock,
                      queue,
                      settled,
                      this::lose);
              active = log;
              answerWaiting(log);
              log.admit(queue.waiting());
            });
  }

  private void answerWaiting(@Nullable ActiveLog settled) {
    List<Promise<@Nullable ActiveLog>> waiting = List.copyOf(waitingForActivation);
    waitingForActivation.clear();
    waiting.forEach(promise -> promise.tryComplete(settled));
  }

  // ---- Ending

  /** Ends with something unresolved: what was written may or may not be found by the next one. */
  private void lose(Throwable failure) {
    if (!closed) {
      tenure.endUnresolved();
      end(failure);
    }
  }

  private void end(Throwable failure) {
    if (closed) {
      return;
    }
    closed = true;
    if (active != null) {
      active.close(failure);
    }
    queue.failAll(failure);
    List.copyOf(waitingForActivation).forEach(promise -> promise.tryFail(failure));
    waitingForActivation.clear();
    onClosed.accept(this);
  }
}
