package chat.jovial.mss;

import chat.jovial.contract.Nothing;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.RedactedRange;
import chat.jovial.contract.mss.WriteGroup;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Writes groups. Entries, bodies and idempotency rows of a bucket share one partition, so a batch
 * of them is one mutation: each replica applies all of it or nothing.
 */
final class LogWriter {
  private final CassandraClient client;
  private final LogStatements statements;
  private final Clock clock;

  LogWriter(CassandraClient client, LogStatements statements, Clock clock) {
    this.client = client;
    this.statements = statements;
    this.clock = clock;
  }

  /** Succeeds when a quorum has the group; may be called again with the same group. */
  Future<Nothing> write(WriteGroup group) {
    Future<?> before = group.opensBucket() ? openBucket(group) : Future.succeededFuture();
    return before
        .compose(opened -> client.execute(mutation(group)))
        .map(written -> Nothing.NOTHING);
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

  private BatchStatement mutation(WriteGroup group) {
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
      addEntry(batch, group, entry);
    }
    return batch.build();
  }

  private void addEntry(BatchStatementBuilder batch, WriteGroup group, Entry entry) {
    BoundStatementBuilder row =
        statements
            .insertEntry()
            .boundStatementBuilder()
            .setString(0, entry.conversationId())
            .setLong(1, group.bucket())
            .setLong(2, entry.seq())
            .setLong(3, group.base())
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
      batch.addStatement(
          statements
              .markBody()
              .bind(
                  entry.conversationId(),
                  group.bucket(),
                  entry.seq(),
                  entry.removed(),
                  group.epoch()));
    } else if (entry.body() != null) {
      addBody(batch, group, entry, entry.body());
    }
  }

  private void addBody(BatchStatementBuilder batch, WriteGroup group, Entry entry, Body body) {
    if (entry.expiresAt() == null) {
      batch.addStatement(
          statements
              .insertBody()
              .bind(
                  entry.conversationId(), group.bucket(), entry.seq(), body.json(), group.epoch()));
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
                  body.json(),
                  entry.conversationId(),
                  group.bucket(),
                  entry.seq()));
    }
  }

  private int secondsUntil(Instant time) {
    return (int) Duration.between(clock.instant(), time).plusMillis(999).toSeconds();
  }
}
