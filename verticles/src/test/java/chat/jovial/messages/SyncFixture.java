package chat.jovial.messages;

import static chat.jovial.messages.LogNode.await;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.Caller;
import chat.jovial.contract.Ids;
import chat.jovial.contract.MssOperations;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.RedactedRange;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.RecordActivity;
import chat.jovial.contract.mss.WriteGroup;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills conversations with MSS's own writer, as a previous owner would have: many at once, and at
 * times that are past. Odd entries are of the first user, even ones of the second.
 */
final class SyncFixture {
  /** Older than any claim. */
  static final long EPOCH = 1;

  private static final int GROUP = 256;

  private final ServiceClient services;

  SyncFixture(ServiceClient services) {
    this.services = services;
  }

  /** A conversation of so many short messages, noted at that time; gives its id. */
  String write(String me, String other, int length, Instant at) {
    return await(writing(me, other, length, "m", at));
  }

  Future<String> writing(String me, String other, int length, String text, Instant at) {
    String conversation = Ids.directConversation(me, other);
    Instant storedAt = at.truncatedTo(ChronoUnit.MILLIS);
    Future<?> all = Future.succeededFuture();
    for (long first = 1; first <= length; first = lastOfGroup(first, length) + 1) {
      long from = first;
      long to = lastOfGroup(first, length);
      // The committed seq was known up to the last entry but one.
      long base = Math.min(to, length - 1L);
      all = all.compose(before -> group(conversation, me, other, from, to, base, text, storedAt));
    }
    return all.compose(written -> touching(me, other, at)).map(conversation);
  }

  void writeLong(String me, String other, int length) {
    write(me, other, length, Instant.now());
  }

  String writeLarge(String me, String other, int length, int characters) {
    String conversation = Ids.directConversation(me, other);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    for (long seq = 1; seq <= length; seq++) {
      await(group(conversation, me, other, seq, seq, seq - 1, "x".repeat(characters), now));
    }
    touch(me, other, now);
    return conversation;
  }

  /** One entry beyond a gap: a group of which only a part has arrived. */
  void writeBeyond(String me, String other, long seq) {
    await(
        group(
            Ids.directConversation(me, other),
            me,
            other,
            seq,
            seq,
            seq - 2,
            "never acknowledged",
            Instant.now().truncatedTo(ChronoUnit.MILLIS)));
  }

  /** A redaction of several entries; what comes before it is acknowledged. */
  void writeRangeRedaction(String me, String other, long seq, long first, long upto) {
    String conversation = Ids.directConversation(me, other);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Entry redaction =
        new Entry(
            conversation,
            seq,
            me,
            other,
            "device",
            "c" + seq,
            now,
            now,
            Kind.REDACTION,
            RedactedRange.bodyUpto(upto),
            null,
            null,
            first,
            null);
    await(
        services.call(
            MssOperations.WRITE_GROUP,
            Caller.SERVICE,
            new WriteGroup(
                conversation,
                Buckets.of(seq),
                EPOCH,
                seq - 1,
                now,
                false,
                null,
                List.of(redaction))));
  }

  void touch(String me, String other, Instant at) {
    await(touching(me, other, at));
  }

  void receipt(
      CassandraStore store,
      String conversation,
      String userId,
      @Nullable Long delivered,
      @Nullable Long read) {
    await(
        store
            .client()
            .execute(
                SimpleStatement.newInstance(
                    store.withKeyspace(
                        "INSERT INTO $receipts (conversation_id, user_id, delivered_upto,"
                            + " read_upto) VALUES (?, ?, ?, ?)"),
                    conversation,
                    userId,
                    delivered,
                    read)));
  }

  private Future<?> touching(String me, String other, Instant at) {
    return services.call(
        MssOperations.RECORD_ACTIVITY,
        Caller.SERVICE,
        new RecordActivity(
            Ids.directConversation(me, other),
            List.of(me, other),
            at.truncatedTo(ChronoUnit.MILLIS)));
  }

  private Future<?> group(
      String conversation,
      String me,
      String other,
      long from,
      long to,
      long base,
      String text,
      Instant storedAt) {
    List<Entry> entries = new ArrayList<>();
    for (long seq = from; seq <= to; seq++) {
      boolean mine = seq % 2 == 1;
      entries.add(
          new Entry(
              conversation,
              seq,
              mine ? me : other,
              mine ? other : me,
              "device",
              "c" + seq,
              storedAt,
              storedAt,
              Kind.MESSAGE,
              Body.ofStored("{\"type\":\"text\",\"text\":\"" + text + seq + "\"}"),
              null,
              null,
              null,
              null));
    }
    return services.call(
        MssOperations.WRITE_GROUP,
        Caller.SERVICE,
        new WriteGroup(
            conversation,
            Buckets.of(from),
            EPOCH,
            base,
            storedAt,
            from == Buckets.firstSeq(Buckets.of(from)),
            null,
            entries));
  }

  private static long lastOfGroup(long first, long length) {
    return Math.min(length, Math.min(first + GROUP - 1, Buckets.lastSeq(Buckets.of(first))));
  }
}
