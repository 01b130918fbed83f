package chat.jovial.mss;

import chat.jovial.contract.Nothing;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.RedactedRange;
import chat.jovial.contract.mds.Removal;
import chat.jovial.contract.mss.WriteGroup;
import chat.jovial.keys.BodyKey;
import chat.jovial.keys.DataKeys;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes groups, their bodies sealed. Entries, bodies and idempotency rows of a bucket share one
 * partition, so a batch of them is one mutation: each replica applies all of it or nothing.
 */
final class LogWriter {
  private final CassandraClient client;
  private final LogStatements statements;
  private final DataKeys keys;
  private final Clock clock;

  LogWriter(CassandraClient client, LogStatements statements, DataKeys keys, Clock clock) {
    this.client = client;
    this.statements = statements;
    this.keys = keys;
    this.clock = clock;
  }

  /** Succeeds when a quorum has the group; may be called again with the same group. */
  Future<Nothing> write(WriteGroup group) {
    Future<Map<String, BodyKey>> keyBySender = keysOf(group);
    Future<?> before =
        group.opensBucket() ? Future.all(openBucket(group), keyBySender) : keyBySender;
    return before
        .compose(opened -> client.execute(mutation(group, keyBySender.result())))
        .map(written -> Nothing.NOTHING);
  }

  /** Of those whose bodies are in the group: one or a few, and nearly always in memory. */
  private Future<Map<String, BodyKey>> keysOf(WriteGroup group) {
    Map<String, BodyKey> keyBySender = new HashMap<>();
    Map<String, Future<BodyKey>> missing = new HashMap<>();
    for (Entry entry : group.entries()) {
      if (isSealed(entry) && !keyBySender.containsKey(entry.senderId())) {
        Future<BodyKey> key =
            missing.computeIfAbsent(
                entry.senderId(), senderId -> keys.toWriteBodies(group.conversationId(), senderId));
        if (key.succeeded()) {
          keyBySender.put(entry.senderId(), key.result());
        }
      }
    }
    return keyBySender.size() == missing.size()
        ? Future.succeededFuture(keyBySender)
        : Future.all(List.copyOf(missing.values()))
            .map(
                done -> {
                  missing.forEach((senderId, key) -> keyBySender.put(senderId, key.result()));
                  return keyBySender;
                });
  }

  /** A redaction's own body says how far it goes, and nothing of what anybody wrote. */
  static boolean isSealed(Entry entry) {
    return entry.body() != null && entry.removed() == null && !entry.isOf(Kind.REDACTION);
  }

  /**
   * The index row is there for certain before the first entry is, so a tail read cannot miss it.
   */
  private Future<?> openBucket(WriteGroup group) {
    return client.execute(
        statements
            .insertBucket()
            .bind(group.conversationId(), group.bucket(), group.storedAt(), group.epoch()));
  }

  private BatchStatement mutation(WriteGroup group, Map<String, BodyKey> keyBySender) {
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    if (group.fenceFrom() != null) {
      long olderThanEpoch = group.epoch() - 1;
      batch.addStatement(
          statements
              .fenceEntries()
              .bind(olderThanEpoch, group.conversationId(), group.bucket(), group.fenceFrom()));
      batch.addStatement(
          statements
              .fenceBodies()
              .bind(olderThanEpoch, group.conversationId(), group.bucket(), group.fenceFrom()));
    }
    for (Entry entry : group.entries()) {
      addEntry(batch, group, entry, keyBySender.get(entry.senderId()));
    }
    return batch.build();
  }

  private void addEntry(
      BatchStatementBuilder batch, WriteGroup group, Entry entry, @Nullable BodyKey key) {
    BoundStatementBuilder row =
        statements
            .insertEntry()
            .boundStatementBuilder()
            .setString(0, entry.conversationId())
            .setLong(1, group.bucket())
            .setLong(2, entry.seq())
            .setLong(3, group.committedSeqWhenWritten())
            .setString(4, entry.kind())
            .setString(5, entry.senderId())
            .setString(6, entry.deviceId())
            .setString(7, entry.clientId())
            .setInstant(8, entry.sentAt())
            .setInstant(9, entry.storedAt())
            .setLong(14, group.epoch());
    // A column that is left unset costs nothing; a null would be a tombstone.
    if (entry.replyTo() != null) {
      row = row.setLong(10, entry.replyTo());
    }
    if (entry.expiresAt() != null) {
      row = row.setInstant(11, entry.expiresAt());
    }
    if (entry.target() != null) {
      row = row.setLong(12, entry.target());
    }
    // Not in the body alone: entries and bodies are read one after the other, and a redaction that
    // is
    // found without its range would be one of a single message.
    RedactedRange range = RedactedRange.of(entry);
    if (range != null) {
      row = row.setLong(13, range.upto());
    }
    batch.addStatement(row.build());
    batch.addStatement(
        statements
            .insertSend()
            .bind(
                entry.conversationId(),
                group.bucket(),
                entry.senderId(),
                entry.clientId(),
                entry.seq(),
                group.epoch()));
    if (entry.removed() != null) {
      mark(batch, group, entry, entry.removed());
    } else if (entry.body() != null) {
      addBody(batch, group, entry, entry.body(), key);
    }
  }

  private void mark(BatchStatementBuilder batch, WriteGroup group, Entry entry, String reason) {
    batch.addStatement(
        statements
            .markBody()
            .bind(entry.conversationId(), group.bucket(), entry.seq(), reason, group.epoch()));
  }

  /**
   * @param key which the body is sealed with; null if it is not
   */
  private void addBody(
      BatchStatementBuilder batch,
      WriteGroup group,
      Entry entry,
      Body body,
      @Nullable BodyKey key) {
    if (!isSealed(entry) || key == null) {
      batch.addStatement(
          statements
              .insertBody()
              .bind(
                  entry.conversationId(), group.bucket(), entry.seq(), body.json(), group.epoch()));
    } else if (key.isDestroyed()) {
      // Since the message was let in. A mark beats what another try may have written.
      mark(batch, group, entry, Removal.ERASED);
    } else {
      addSealed(batch, group, entry, key.seal(group.epoch(), entry.seq(), body.json()));
    }
  }

  private void addSealed(
      BatchStatementBuilder batch, WriteGroup group, Entry entry, ByteBuffer sealed) {
    if (entry.expiresAt() == null) {
      batch.addStatement(
          statements
              .insertSealedBody()
              .bind(entry.conversationId(), group.bucket(), entry.seq(), sealed, group.epoch()));
      return;
    }
    // The row stays when its text has gone, so that it is not taken for one that never came.
    batch.addStatement(
        statements
            .insertBodyRow()
            .bind(entry.conversationId(), group.bucket(), entry.seq(), group.epoch()));
    int secondsLeft = secondsUntil(entry.expiresAt());
    if (secondsLeft > 0) {
      batch.addStatement(
          statements
              .setExpiringBody()
              .bind(
                  group.epoch(),
                  secondsLeft,
                  sealed,
                  entry.conversationId(),
                  group.bucket(),
                  entry.seq()));
    }
  }

  private int secondsUntil(Instant time) {
    return (int) Duration.between(clock.instant(), time).plusMillis(999).toSeconds();
  }
}
