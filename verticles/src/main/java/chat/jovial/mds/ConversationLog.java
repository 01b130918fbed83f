package chat.jovial.mds;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Send;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mss.FindSend;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.contract.mss.Touch;
import chat.jovial.mds.Activation.Settled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
 * their arrival.
 *
 * <h2>The same send twice</h2>
 *
 * <p>A {@code client_id} enters the {@link SendQueue} before anything asynchronous happens; a
 * second request with it waits for the first. Stored ids of the last minutes are in {@link
 * RecentSends}: an id that tells when it was made, after the memory begins, and that is not in
 * there, is new. For any other the store is asked, and its idempotency rows count only if the entry
 * that they name is really that message. So there is no time window after which a repeated send
 * makes a second message.
 *
 * <h2>Checked by</h2>
 *
 * <p>The rules were explored exhaustively (see the ADR on the fenced owner); {@code
 * ConversationLogTest} and {@code MessageLogIT} break the store and the lease at each step.
 */
final class ConversationLog {
  /**
   * Entries in a group: beyond this a bigger mutation gains little and delays the first of them.
   */
  private static final int MAX_GROUP_ENTRIES = 256;

  /** Bytes of bodies in a group, well below the 16 MiB that a commit log segment takes. */
  private static final int MAX_GROUP_BYTES = 1024 * 1024;

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
  private final List<Promise<Long>> waitingForEnd = new ArrayList<>();
  private boolean activating;
  private boolean writing;
  private boolean closed;
  private Instant lastUsed;

  /** The log's state once it is settled; null before. */
  private @Nullable Settled settled;

  private long tail;
  private long openBucket;
  private Instant lastStoredAt = Instant.EPOCH;
  private @Nullable Instant touchedOn;

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
    return isQuiet() && lastUsed.isBefore(time);
  }

  boolean isQuiet() {
    return !activating && !writing && queue.isEmpty() && waitingForEnd.isEmpty();
  }

  /** Takes a message in. Succeeds when it is stored; see the class comment. */
  Future<Stored> send(Caller caller, Send request, String clientId) {
    // As the store keeps times, so that a pushed entry is the same as one read back.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    lastUsed = now;
    int bytes = request.body().sizeInBytes();
    if (bytes > config.maxBodyBytes()) {
      return Future.failedFuture(
          JovialException.tooLarge(
              "body has " + bytes + " bytes; at most " + config.maxBodyBytes() + " are allowed"));
    }
    PendingSend pending = new PendingSend(caller, request, clientId, bytes, now);
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
    if (settled == null) {
      activate();
    } else {
      resolve(pending, settled);
      writeNextGroup();
    }
    return reply;
  }

  /** How far the log is acknowledged: nobody may be shown more. */
  Future<Long> acknowledgedEnd() {
    lastUsed = clock.instant();
    if (settled != null) {
      return tenure.lasts() ? Future.succeededFuture(tail) : Future.failedFuture(notOwner());
    }
    Promise<Long> end = Promise.promise();
    waitingForEnd.add(end);
    activate();
    return end.future();
  }

  /** Ends it although something may be under way: the process stops or has lost the shard. */
  void close() {
    if (isQuiet()) {
      end(notOwner());
    } else {
      lose(notOwner());
    }
  }

  // ---- Activation

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
                answerEnd(0);
                end(notOwner());
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
            state -> {
              if (closed) {
                return;
              }
              if (!tenure.lasts()) {
                lose(notOwner());
                return;
              }
              activating = false;
              settled = state;
              tail = state.tail();
              openBucket = state.bucket();
              lastStoredAt = state.lastStoredAt();
              answerEnd(tail);
              for (PendingSend pending : queue.waiting()) {
                resolve(pending, state);
              }
              writeNextGroup();
            });
  }

  private void answerEnd(long end) {
    List<Promise<Long>> waiting = List.copyOf(waitingForEnd);
    waitingForEnd.clear();
    waiting.forEach(promise -> promise.tryComplete(end));
  }

  // ---- New, or sent before?

  /** Finds out whether the message is new; then marks it ready, or settles it as what it was. */
  private void resolve(PendingSend pending, Settled state) {
    if (pending.replyTo() != null && pending.replyTo() > tail) {
      pending.fail(
          JovialException.invalid("reply_to " + pending.replyTo() + " is not in the conversation"));
      return;
    }
    UUID uuid = pending.uuid();
    boolean decidedByMemory = false;
    if (uuid != null) {
      boolean remembered = state.recent().find(pending.key().senderId(), uuid) != SeqTable.NONE;
      decidedByMemory = !remembered && state.recent().knowsAllSince(ClientIds.timeOf(uuid));
    }
    if (tail == 0) {
      // An empty log holds nothing that could be a duplicate, but nobody has checked its members.
      checkPeer(pending);
    } else if (decidedByMemory) {
      pending.markReady();
    } else {
      lookUp(pending, uuid);
    }
  }

  private void checkPeer(PendingSend pending) {
    String sender = pending.key().senderId();
    String peer = Ids.peer(conversationId, sender);
    if (peer == null || peer.equals(sender)) {
      pending.markReady();
      return;
    }
    store
        .userExists(pending.caller().requireApp(), peer)
        .onFailure(pending::fail)
        .onSuccess(
            exists -> {
              if (exists) {
                pending.markReady();
              } else {
                pending.fail(JovialException.notFound("there is no user " + peer));
              }
            })
        .onComplete(done -> writeNextGroup());
  }

  private void lookUp(PendingSend pending, @Nullable UUID uuid) {
    Instant storedSince =
        uuid == null ? null : ClientIds.timeOf(uuid).minus(RecentSends.CLOCK_ALLOWANCE);
    store
        .findSend(
            new FindSend(
                conversationId, pending.key().senderId(), pending.key().clientId(), storedSince))
        .onFailure(pending::fail)
        .onSuccess(
            found -> {
              // Beyond the acknowledged end nothing counts: this id is not in flight, or it had
              // waited.
              if (found.isPresent() && found.get().seq() <= tail) {
                pending.settle(found.get());
              } else {
                pending.markReady();
              }
            })
        .onComplete(done -> writeNextGroup());
  }

  // ---- Writing

  private void writeNextGroup() {
    if (writing || closed || settled == null) {
      return;
    }
    int room = Math.min(MAX_GROUP_ENTRIES, Group.roomAfter(tail));
    List<PendingSend> sends = queue.takeReady(room, MAX_GROUP_BYTES);
    if (sends.isEmpty()) {
      return;
    }
    writing = true;
    Settled state = settled;
    Group group = Group.of(conversationId, sends, tail, openBucket, storedAt(), tenure.epoch());
    persistence
        .write(group.write(), tenure)
        .compose(written -> touch(group.storedAt()))
        .onFailure(this::lose)
        .onSuccess(written -> acknowledge(group, state));
  }

  private void acknowledge(Group group, Settled state) {
    if (closed) {
      group.fail(notOwner());
      return;
    }
    if (!tenure.lasts()) {
      group.fail(notOwner());
      lose(notOwner());
      return;
    }
    writing = false;
    tail = group.lastSeq();
    openBucket = group.write().bucket();
    lastStoredAt = group.storedAt();
    for (Entry entry : group.entries()) {
      Activation.remember(
          state.recent(), entry.senderId(), entry.clientId(), entry.seq(), entry.storedAt());
    }
    group.settle();
    teller.tell(group);
    writeNextGroup();
  }

  /** Notes the conversation for its members, before the first acknowledgement of each day. */
  private Future<Void> touch(Instant storedAt) {
    Instant day = storedAt.truncatedTo(ChronoUnit.DAYS);
    if (day.equals(touchedOn)) {
      return Future.succeededFuture();
    }
    return persistence
        .touch(new Touch(conversationId, Group.members(conversationId), storedAt), tenure)
        .onSuccess(touched -> touchedOn = day);
  }

  private Instant storedAt() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return now.isAfter(lastStoredAt) ? now : lastStoredAt;
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
    queue.failAll(failure);
    List.copyOf(waitingForEnd).forEach(promise -> promise.tryFail(failure));
    waitingForEnd.clear();
    onClosed.accept(this);
  }

  private static JovialException notOwner() {
    return JovialException.notOwner(
        "this conversation is changing hands; whether this was stored is not known", false);
  }
}
