package chat.jovial.mds;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.IndexModifiers.Hint;
import chat.jovial.contract.mss.WriteGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends that are written together.
 *
 * @param write what the store is asked to write, the same at each try
 */
record Group(List<PendingSend> sends, WriteGroup write) {

  static Group of(
      String conversationId,
      List<PendingSend> sends,
      long tail,
      long openBucket,
      Instant storedAt,
      long epoch) {
    List<Entry> entries = new ArrayList<>(sends.size());
    long seq = tail;
    for (PendingSend send : sends) {
      entries.add(send.toEntry(conversationId, ++seq, storedAt));
    }
    long bucket = Buckets.of(tail + 1);
    return new Group(
        sends,
        new WriteGroup(
            conversationId, bucket, epoch, tail, storedAt, bucket > openBucket, null, entries));
  }

  /** Entries that still fit into the bucket of the next one. */
  static int roomAfter(long tail) {
    return (int) (Buckets.lastSeq(Buckets.of(tail + 1)) - tail);
  }

  List<Entry> entries() {
    return write.entries();
  }

  Instant storedAt() {
    return write.storedAt();
  }

  long lastSeq() {
    return write.base() + sends.size();
  }

  /** What must be noted at the targets before the group is sent. */
  List<Hint> hints() {
    List<Hint> hints = new ArrayList<>();
    for (Entry entry : entries()) {
      if (entry.target() != null) {
        hints.add(new Hint(entry.target(), entry.kind(), entry.seq()));
      }
    }
    return hints;
  }

  /** The entries that must have lost their bodies before the group is sent. */
  List<Long> removes() {
    return sends.stream().flatMap(send -> send.removes().stream()).distinct().toList();
  }

  /** What the members' devices are told. */
  Push push() {
    List<String> origins =
        sends.stream()
            .map(send -> send.draft().caller().connectionId())
            .map(id -> id == null ? "" : id)
            .toList();
    return Push.ofEntries(Members.of(write.conversationId()), entries(), origins);
  }

  /** Tells the senders. */
  void settle() {
    for (int i = 0; i < sends.size(); i++) {
      sends.get(i).settle(entries().get(i));
    }
  }

  void fail(Throwable failure) {
    sends.forEach(send -> send.fail(failure));
  }
}
