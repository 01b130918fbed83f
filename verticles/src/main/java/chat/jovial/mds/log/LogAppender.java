package chat.jovial.mds.log;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Removal;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mss.IndexModifiers;
import chat.jovial.contract.mss.IndexModifiers.Hint;
import chat.jovial.contract.mss.RecordActivity;
import chat.jovial.contract.mss.RemoveBodies;
import chat.jovial.mds.idempotency.RecentSends;
import chat.jovial.mds.store.OwnershipTerm;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Appender of what is ready to a recovered log, one group after the other; each is published when
 * it is committed. What a group's entries say of older ones comes first: the index of modifiers at
 * their targets, and the tombstones of the bodies that its redactions remove, both acknowledged
 * before the group is sent. Confined to the event loop of its log, whose comment has the rules.
 */
final class LogAppender implements LogHead {
  /**
   * Entries in a group: beyond this a bigger mutation gains little and delays the first of them.
   */
  private static final int MAX_GROUP_ENTRIES = 256;

  /** Bytes of bodies in a group, well below the 16 MiB that a commit log segment takes. */
  private static final int MAX_GROUP_BYTES = 1024 * 1024;

  private final LogContext context;
  private final SendQueue queue;
  private final Consumer<Throwable> onLost;
  private final RecentSends recentSends;
  private boolean writing;
  private boolean closed;
  private long committedSeq;
  private long newestBucket;
  private Instant lastStoredAt;
  private @Nullable Instant activityRecordedOn;

  /**
   * @param onLost called when it is not known whether a group was stored
   */
  LogAppender(
      LogContext context, SendQueue queue, RecoveredLog recovered, Consumer<Throwable> onLost) {
    this.context = context;
    this.queue = queue;
    this.onLost = onLost;
    this.recentSends = recovered.recentSends();
    this.committedSeq = recovered.committedSeq();
    this.newestBucket = recovered.newestBucket();
    this.lastStoredAt = recovered.lastStoredAt();
  }

  @Override
  public long committedSeq() {
    return committedSeq;
  }

  @Override
  public long newestBucket() {
    return newestBucket;
  }

  @Override
  public RecentSends recentSends() {
    return recentSends;
  }

  boolean isWriting() {
    return writing;
  }

  /** Whether it may go on: it is not closed, and the term is not over. */
  boolean isOpen() {
    return !closed && context.term().isValid();
  }

  /** Nothing more is sent; what is in progress is not published. */
  void close() {
    closed = true;
  }

  /**
   * Appends an entry of the server's own. Nobody else knows its id, and what it says is done: there
   * is nothing to decide.
   */
  Future<Stored> append(Draft draft) {
    if (!isOpen()) {
      return Future.failedFuture(OwnershipTerm.notOwner());
    }
    Instant now = context.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    PendingSend pending = new PendingSend(draft, draft.bytes(), now, queue::signal);
    queue.add(pending);
    pending.markReady();
    return pending.committed().map(entry -> pending.reply(entry, false));
  }

  /** Makes the next group of what is ready, unless one is in progress. */
  void writeNext() {
    if (writing || closed) {
      return;
    }
    int room = Math.min(MAX_GROUP_ENTRIES, Group.roomAfter(committedSeq));
    List<PendingSend> sends = queue.removeReady(room, MAX_GROUP_BYTES);
    if (sends.isEmpty()) {
      return;
    }
    writing = true;
    Group group = Group.of(context, sends, committedSeq, newestBucket, storedAt());
    prepare(group)
        .compose(prepared -> context.writes().writeGroup(group.write()))
        .compose(written -> recordActivity(group.storedAt()))
        .onFailure(onLost::accept)
        .onSuccess(written -> commit(group));
  }

  private Future<?> prepare(Group group) {
    List<Hint> modifiers = group.modifiers();
    if (modifiers.isEmpty()) {
      return Future.succeededFuture();
    }
    Future<Void> indexed =
        context
            .writes()
            .indexModifiers(
                new IndexModifiers(
                    context.conversationId(), context.term().writeTimestamp(), modifiers));
    List<Long> removed = group.removedSeqs();
    return removed.isEmpty() ? indexed : indexed.compose(done -> removeBodies(removed));
  }

  private Future<Void> removeBodies(List<Long> seqs) {
    return context
        .writes()
        .removeBodies(
            new RemoveBodies(
                context.conversationId(),
                seqs,
                Removal.REDACTED,
                context.term().timestampOfRemoval(context.clock().instant())));
  }

  private void commit(Group group) {
    if (closed) {
      group.fail(OwnershipTerm.notOwner());
      return;
    }
    if (!context.term().isValid()) {
      group.fail(OwnershipTerm.notOwner());
      onLost.accept(OwnershipTerm.notOwner());
      return;
    }
    committedSeq = group.lastSeq();
    newestBucket = group.write().bucket();
    lastStoredAt = group.storedAt();
    for (Entry entry : group.entries()) {
      LogRecovery.remember(
          recentSends, entry.senderId(), entry.clientId(), entry.seq(), entry.storedAt());
    }
    group.complete();
    context.publisher().publish(group.push(context.members()));
    writing = false;
    writeNext();
  }

  /** Records for the members that there is something new, before anything of a day is committed. */
  Future<Void> recordActivity(Instant at) {
    Instant day = at.truncatedTo(ChronoUnit.DAYS);
    if (day.equals(activityRecordedOn)) {
      return Future.succeededFuture();
    }
    return context
        .writes()
        .recordActivity(new RecordActivity(context.conversationId(), context.members(), at))
        .onSuccess(recorded -> activityRecordedOn = day);
  }

  private Instant storedAt() {
    Instant now = context.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    return now.isAfter(lastStoredAt) ? now : lastStoredAt;
  }
}
