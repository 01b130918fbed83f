package chat.jovial.mds.log;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.IndexModifiers.Hint;
import chat.jovial.contract.mss.WriteGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends that one write appends together.
 *
 * @param write what the store is asked to write, the same at each try
 */
record Group(List<PendingSend> sends, WriteGroup write) {

  static Group of(
      LogContext context,
      List<PendingSend> sends,
      long committedSeq,
      long newestBucket,
      Instant storedAt) {
    String conversationId = context.conversationId();
    List<Entry> entries = new ArrayList<>(sends.size());
    long seq = committedSeq;
    for (PendingSend send : sends) {
      entries.add(send.toEntry(conversationId, ++seq, storedAt));
    }
    long bucket = Buckets.of(committedSeq + 1);
    return new Group(
        sends,
        new WriteGroup(
            conversationId,
            bucket,
            context.term().writeTimestamp(),
            committedSeq,
            storedAt,
            bucket > newestBucket,
            null,
            entries));
  }

  /** Entries that still fit into the bucket of the next one. */
  static int roomAfter(long committedSeq) {
    return (int) (Buckets.lastSeq(Buckets.of(committedSeq + 1)) - committedSeq);
  }

  List<Entry> entries() {
    return write.entries();
  }

  Instant storedAt() {
    return write.storedAt();
  }

  long lastSeq() {
    return write.committedSeqWhenWritten() + sends.size();
  }

  /** Rows of the index of modifiers, which must be stored before the group is sent. */
  List<Hint> modifiers() {
    List<Hint> modifiers = new ArrayList<>();
    for (Entry entry : entries()) {
      if (entry.target() != null) {
        modifiers.add(new Hint(entry.target(), entry.kind(), entry.seq()));
      }
    }
    return modifiers;
  }

  /** The entries that must have lost their bodies before the group is sent. */
  List<Long> removedSeqs() {
    return sends.stream().flatMap(send -> send.removedSeqs().stream()).distinct().toList();
  }

  /** What the members' devices receive. */
  Push push(List<String> members) {
    List<String> origins =
        sends.stream()
            .map(send -> send.draft().caller().connectionId())
            .map(id -> id == null ? "" : id)
            .toList();
    return Push.ofEntries(members, entries(), origins);
  }

  /** Answers the senders. */
  void complete() {
    for (int i = 0; i < sends.size(); i++) {
      sends.get(i).complete(entries().get(i));
    }
  }

  void fail(Throwable failure) {
    sends.forEach(send -> send.fail(failure));
  }
}
