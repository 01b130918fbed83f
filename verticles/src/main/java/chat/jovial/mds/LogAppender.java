package chat.jovial.mds;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Removal;
import chat.jovial.contract.mss.IndexModifiers;
import chat.jovial.contract.mss.IndexModifiers.Hint;
import chat.jovial.contract.mss.RecordActivity;
import chat.jovial.contract.mss.RemoveBodies;
import chat.jovial.mds.Activation.Settled;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends what is ready to a settled log, one group after the other, and tells of each when it is
 * stored. What a group's entries say of older ones comes first: the hints at their targets, and the
 * marks on the bodies that its redactions remove, both acknowledged before the group is sent.
 * Confined to the event loop of its log, whose comment tells the rules.
 */
final class LogAppender {
  /**
   * Entries in a group: beyond this a bigger mutation gains little and delays the first of them.
   */
  private static final int MAX_GROUP_ENTRIES = 256;

  /** Bytes of bodies in a group, well below the 16 MiB that a commit log segment takes. */
  private static final int MAX_GROUP_BYTES = 1024 * 1024;

  private final String conversationId;
  private final Tenure tenure;
  private final Persistence persistence;
  private final Teller teller;
  private final Clock clock;
  private final SendQueue queue;
  private final Consumer<Throwable> onLost;
  private final RecentSends recent;
  private boolean writing;
  private boolean closed;
  private long tail;
  private long openBucket;
  private Instant lastStoredAt;
  private @Nullable Instant touchedOn;

  /**
   * @param onLost told when a group was neither stored nor not
   */
  LogAppender(
      String conversationId,
      Tenure tenure,
      Persistence persistence,
      Teller teller,
      Clock clock,
      SendQueue queue,
      Settled settled,
      Consumer<Throwable> onLost) {
    this.conversationId = conversationId;
    this.tenure = tenure;
    this.persistence = persistence;
    this.teller = teller;
    this.clock = clock;
    this.queue = queue;
    this.onLost = onLost;
    this.recent = settled.recent();
    this.tail = settled.tail();
    this.openBucket = settled.bucket();
    this.lastStoredAt = settled.lastStoredAt();
  }

  /** The acknowledged end. */
  long tail() {
    return tail;
  }

  /** The newest bucket with an index row; -1 if there is none. */
  long openBucket() {
    return openBucket;
  }

  RecentSends recent() {
    return recent;
  }

  boolean isWriting() {
    return writing;
  }

  /** Nothing more is sent; what is under way is not told. */
  void close() {
    closed = true;
  }

  /** Makes the next group of what is ready, unless one is under way. */
  void writeNext() {
    if (writing || closed) {
      return;
    }
    int room = Math.min(MAX_GROUP_ENTRIES, Group.roomAfter(tail));
    List<PendingSend> sends = queue.takeReady(room, MAX_GROUP_BYTES);
    if (sends.isEmpty()) {
      return;
    }
    writing = true;
    Group group = Group.of(conversationId, sends, tail, openBucket, storedAt(), tenure.epoch());
    prepare(group)
        .compose(prepared -> persistence.write(group.write(), tenure))
        .compose(written -> touch(group.storedAt()))
        .onFailure(onLost::accept)
        .onSuccess(written -> acknowledge(group));
  }

  private Future<?> prepare(Group group) {
    List<Hint> hints = group.hints();
    if (hints.isEmpty()) {
      return Future.succeededFuture();
    }
    Future<Void> hinted =
        persistence.writeHints(new IndexModifiers(conversationId, tenure.epoch(), hints), tenure);
    List<Long> removes = group.removes();
    return removes.isEmpty() ? hinted : hinted.compose(done -> removeBodies(removes));
  }

  private Future<Void> removeBodies(List<Long> seqs) {
    return persistence.removeBodies(
        new RemoveBodies(
            conversationId, seqs, Removal.REDACTED, tenure.timestampOfRemoval(clock.instant())),
        tenure);
  }

  private void acknowledge(Group group) {
    if (closed) {
      group.fail(Tenure.notOwner());
      return;
    }
    if (!tenure.lasts()) {
      group.fail(Tenure.notOwner());
      onLost.accept(Tenure.notOwner());
      return;
    }
    writing = false;
    tail = group.lastSeq();
    openBucket = group.write().bucket();
    lastStoredAt = group.storedAt();
    for (Entry entry : group.entries()) {
      Activation.remember(
          recent, entry.senderId(), entry.clientId(), entry.seq(), entry.storedAt());
    }
    group.settle();
    teller.tell(group.push());
    writeNext();
  }

  /** Notes the conversation for its members, before anything of a day is acknowledged. */
  Future<Void> touch(Instant at) {
    Instant day = at.truncatedTo(ChronoUnit.DAYS);
    if (day.equals(touchedOn)) {
      return Future.succeededFuture();
    }
    return persistence
        .touch(new RecordActivity(conversationId, Members.of(conversationId), at), tenure)
        .onSuccess(touched -> touchedOn = day);
  }

  private Instant storedAt() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return now.isAfter(lastStoredAt) ? now : lastStoredAt;
  }
}
