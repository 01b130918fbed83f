package chat.jovial.mds.log;

import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Ack;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mss.Deleted;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.mds.store.OwnershipTerm;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One conversation, as its owner has it in memory. Confined to one event loop.
 *
 * <h2>How a log stays one log</h2>
 *
 * <p>A conversation is a list of entries numbered 1, 2, 3, ... without gaps. Readers trust these
 * numbers: a gap is a loss that they can see, the highest one is their cursor. So two things must
 * never happen: that an entry whose sender received "stored" goes missing, and that a number means
 * one thing to one reader and another to the next. The store alone does not prevent either: a write
 * that failed may still arrive an hour later, and a process that was suspended goes on where it
 * stopped, not knowing that it has been replaced. Agreeing on each message among the replicas (a
 * lightweight transaction) would, at the price of eight times the work. This class does it with
 * plain writes and four rules.
 *
 * <p><b>One owner.</b> The conversation's shard is claimed by one process at a time ({@code
 * chat.jovial.cluster}). The claim's number, the fencing token, only grows, and the owner writes
 * everything with that number as the write timestamp: its <em>epoch</em>. Cassandra keeps, of two
 * writes of a row, the one with the later timestamp; so whatever of a previous owner is still in
 * flight loses to what the present one has written, whenever it arrives. Being the owner by a clock
 * is needed only where something becomes <em>visible</em>: the lease is checked after the write was
 * acknowledged, before anybody sees it.
 *
 * <p><b>A number has one content.</b> Within one epoch a number is given to one content and never
 * again to another, not even when the write failed: it is written again, the same rows at the same
 * timestamp, until it is acknowledged or the lease has ended. In the second case the log is
 * <em>lost</em>: everyone who waits receives {@code try_again}, and the next recovery uses another
 * epoch ({@link OwnershipTerm#endUnresolved}).
 *
 * <p><b>A new owner recovers before it starts.</b> It reads, from a quorum, the newest entry and
 * all beyond the committed seq that was known when this entry was written. Up to the first gap it
 * keeps them, writing them again with its own epoch; beyond, a range tombstone just older than its
 * epoch removes them permanently, whether they have arrived yet or not. See {@link LogRecovery}.
 *
 * <p><b>Nobody sees beyond the committed seq.</b> It is the highest number that is at a quorum for
 * certain (Raft's commit index, Kafka's high watermark). Readers are shown entries up to the one
 * that any entry was written with, without asking, and beyond that only what the owner says ({@link
 * #committedSeq}).
 *
 * <h2>Groups</h2>
 *
 * <p>One write is in flight at a time; what is sent meanwhile waits in the queue and is the next
 * group. Entries, bodies and idempotency rows of a group share a partition, so a group is one
 * mutation however many messages it has: the busier a conversation, the cheaper each message. A
 * group never crosses a bucket. Entries get their number when the group is made, in the order of
 * their arrival. {@link LogAppender} does this.
 *
 * <h2>The same send twice</h2>
 *
 * <p>A {@code client_id} enters the {@link SendQueue} before anything asynchronous happens; a
 * second request with it waits for the first. Stored ids of the last minutes are in {@link
 * chat.jovial.mds.idempotency.RecentSends}: an id that says when it was made, after the memory
 * begins, and that is not in there, is new. For any other the store is asked, and its idempotency
 * rows count only if the entry that they name is really that message. So there is no time window
 * after which a repeated send makes a second message. {@link Admission} decides this.
 *
 * <h2>What changes a message</h2>
 *
 * <p>Edits, redactions and reactions are entries like any other and go the same way. Before their
 * group a row of the <em>index of modifiers</em> is acknowledged at the target, so that a reader of
 * the target finds them. A redaction must also remove text that is stored already, in the target
 * and in its edits. It does not delete the bodies, for a missing body beyond the committed seq
 * would be taken for a gap: it writes a <em>tombstone</em> over each, acknowledged before its
 * group, younger than any body written by this or a previous owner, and only at or below the
 * committed seq, where a number keeps its content forever. Recovery that keeps a redaction writes
 * its tombstones again ({@link RedactionReplay}). So a crash between tombstone and entry leaves a
 * message without its text, never a log without its message; and once the redaction was published,
 * no owner can bring the text back. A long range of messages is hidden first, and its tombstones
 * are written after it was published ({@link RangeRemoval}).
 *
 * <p>The rules were explored exhaustively (see the ADR on the fenced owner); {@code
 * LogSimulationTest} and {@code MessageLogIT} break the store and the lease at each step.
 */
public final class ConversationLog {
  private static final Duration RETRY_WHEN_FULL = Duration.ofMillis(200);

  private final LogContext context;
  private final Consumer<ConversationLog> onClosed;

  private final SendQueue queue = new SendQueue();
  private final List<Promise<@Nullable ActiveLog>> waitingForRecovery = new ArrayList<>();
  private boolean recovering;
  private boolean closed;
  private Instant lastUsed;

  /** What works on the log once it is recovered; null before. */
  private @Nullable ActiveLog active;

  /**
   * @param onClosed called when this object has ended; the next send makes another one
   */
  public ConversationLog(LogContext context, Consumer<ConversationLog> onClosed) {
    this.context = context;
    this.onClosed = onClosed;
    this.lastUsed = context.clock().instant();
  }

  public String conversationId() {
    return context.conversationId();
  }

  /** Whether its term is still valid; otherwise nothing more may be asked of it. */
  public boolean isOwner() {
    return !closed && context.term().isValid();
  }

  /** Whether it may leave memory: nothing is in progress, and nobody has used it since then. */
  public boolean isIdleSince(Instant time) {
    return isQuiet() && lastUsed.isBefore(time) && (active == null || !active.isRemoving());
  }

  public boolean isQuiet() {
    return !recovering
        && queue.isEmpty()
        && waitingForRecovery.isEmpty()
        && (active == null || active.isQuiet());
  }

  /** Appends an entry. Completes when it is committed; see the class comment. */
  public Future<Stored> append(Draft draft) {
    // As the store keeps times, so that a pushed entry is the same as one read back.
    Instant now = context.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    lastUsed = now;
    int bytes = draft.bytes();
    int maxBytes = context.limits().maxBodyBytes();
    if (bytes > maxBytes) {
      return Future.failedFuture(
          JovialException.tooLarge(
              "body has " + bytes + " bytes; at most " + maxBytes + " are allowed"));
    }
    PendingSend pending = new PendingSend(draft, bytes, now, queue::signal);
    PendingSend first = queue.pending(pending.key());
    if (first != null) {
      return first.committed().compose(pending::replyToDuplicate);
    }
    if (!queue.hasRoomFor(pending)) {
      return Future.failedFuture(
          JovialException.tryAgain("this conversation is too busy", RETRY_WHEN_FULL));
    }
    queue.add(pending);
    // One that was never ready completed as what the store already had.
    Future<Stored> reply =
        pending
            .committed()
            .compose(
                entry ->
                    pending.isReady()
                        ? Future.succeededFuture(pending.reply(entry, false))
                        : pending.replyToDuplicate(entry));
    if (active == null) {
      recover();
    } else {
      active.admit(List.of(pending));
    }
    return reply;
  }

  /** The highest seq that is committed: nobody may be shown more. */
  public Future<Long> committedSeq() {
    return active().map(log -> log == null ? 0 : log.committedSeq());
  }

  /** Raises the watermarks of a member. Completes when they are stored. */
  public Future<Void> acknowledge(String userId, Ack ack) {
    return active()
        .compose(
            log ->
                log == null
                    ? Future.failedFuture(ActiveLog.aboveCommitted(ack, 0))
                    : log.acknowledge(userId, ack));
  }

  /** Deletes the messages stored from a time on; see {@link RangeRemoval}. */
  public Future<Deleted> deleteFrom(Caller caller, Instant from) {
    return active()
        .compose(
            log ->
                log == null
                    ? Future.succeededFuture(new Deleted(0))
                    : log.deleteFrom(caller, from));
  }

  /** Ends it although something may be in progress: the process stops or has lost the shard. */
  public void close() {
    if (isQuiet()) {
      end(OwnershipTerm.notOwner());
    } else {
      lose(OwnershipTerm.notOwner());
    }
  }

  // ---- Recovery

  /** What works on the log; null if there is none yet, and then this object has ended. */
  private Future<@Nullable ActiveLog> active() {
    lastUsed = context.clock().instant();
    if (active != null) {
      return context.term().isValid()
          ? Future.succeededFuture(active)
          : Future.failedFuture(OwnershipTerm.notOwner());
    }
    Promise<@Nullable ActiveLog> recovered = Promise.promise();
    waitingForRecovery.add(recovered);
    recover();
    return recovered.future();
  }

  private void recover() {
    if (recovering) {
      return;
    }
    recovering = true;
    Instant now = context.clock().instant();
    LogRecovery recovery = new LogRecovery(context);
    recovery
        .read(now)
        .onFailure(this::end)
        .onSuccess(
            found -> {
              if (found.bucket() < 0 && queue.isEmpty()) {
                // A reader asked for a log that does not exist: that leaves no trace in the store.
                answerWaiting(null);
                end(OwnershipTerm.notOwner());
              } else {
                complete(recovery, found, now);
              }
            });
  }

  private void complete(LogRecovery recovery, LogTail found, Instant now) {
    recovery
        .recover(found, now)
        .onFailure(this::lose)
        .onSuccess(
            recovered -> {
              if (closed) {
                return;
              }
              if (!context.term().isValid()) {
                lose(OwnershipTerm.notOwner());
                return;
              }
              recovering = false;
              ActiveLog log = ActiveLog.start(context, queue, recovered, this::lose);
              active = log;
              answerWaiting(log);
              log.admit(queue.waiting());
            });
  }

  private void answerWaiting(@Nullable ActiveLog log) {
    List<Promise<@Nullable ActiveLog>> waiting = List.copyOf(waitingForRecovery);
    waitingForRecovery.clear();
    waiting.forEach(promise -> promise.tryComplete(log));
  }

  // ---- Ending

  /** Ends with something unresolved: what was written may or may not be found by the next one. */
  private void lose(Throwable failure) {
    if (!closed) {
      context.term().endUnresolved();
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
    List.copyOf(waitingForRecovery).forEach(promise -> promise.tryFail(failure));
    waitingForRecovery.clear();
    onClosed.accept(this);
  }
}
