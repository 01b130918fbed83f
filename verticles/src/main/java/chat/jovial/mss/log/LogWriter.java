package chat.jovial.mss.log;

import chat.jovial.contract.Nothing;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.RedactedRange;
import chat.jovial.contract.mds.Removal;
import chat.jovial.contract.mss.WriteGroup;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Writer of groups, their bodies sealed. Entries, bodies and idempotency rows of a bucket share one
 * partition, so a batch of them is one mutation: each replica applies all of it or nothing.
 */
public final class LogWriter {
  private final LogTables tables;
  private final BodyCipher cipher;
  private final Clock clock;

  public LogWriter(LogTables tables, BodyCipher cipher, Clock clock) {
    this.tables = tables;
    this.cipher = cipher;
    this.clock = clock;
  }

  /** Succeeds when a quorum has the group; may be called again with the same group. */
  public Future<Nothing> write(WriteGroup group) {
    Future<BodyCipher.Keys> keys = cipher.toWrite(group.conversationId(), group.entries());
    Future<?> before = group.opensBucket() ? Future.all(openBucket(group), keys) : keys;
    return before
        .compose(opened -> tables.write(mutation(group, keys.result())))
        .map(written -> Nothing.NOTHING);
  }

  /** The index row is committed before the first entry is sent, so a tail read cannot miss it. */
  private Future<?> openBucket(WriteGroup group) {
    return tables.write(
        bind(LogStatement.INSERT_BUCKET, group).setInstant("stored_at", group.storedAt()).build());
  }

  private BatchStatement mutation(WriteGroup group, BodyCipher.Keys keys) {
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    if (group.fenceFrom() != null) {
      batch.addStatement(fence(LogStatement.FENCE_ENTRIES, group, group.fenceFrom()));
      batch.addStatement(fence(LogStatement.FENCE_BODIES, group, group.fenceFrom()));
    }
    for (Entry entry : group.entries()) {
      addEntry(batch, group, entry);
      addSend(batch, group, entry);
      if (entry.removed() != null) {
        addTombstone(batch, group, entry, entry.removed());
      } else if (entry.body() != null) {
        addBody(batch, group, entry, entry.body(), keys);
      }
    }
    return batch.build();
  }

  private BoundStatement fence(LogStatement statement, WriteGroup group, long first) {
    return tables
        .bind(statement, group.conversationId(), group.bucket())
        .setLong("timestamp", group.epoch() - 1)
        .setLong("first", first)
        .build();
  }

  private void addEntry(BatchStatementBuilder batch, WriteGroup group, Entry entry) {
    BoundStatementBuilder row =
        bindEntry(LogStatement.INSERT_ENTRY, group, entry)
            .setLong("base", group.committedSeqWhenWritten())
            .setString("kind", entry.kind())
            .setString("sender_id", entry.senderId())
            .setString("device_id", entry.deviceId())
            .setString("client_id", entry.clientId())
            .setInstant("sent_at", entry.sentAt())
            .setInstant("stored_at", entry.storedAt());
    // A column that is left unset costs nothing; a null would be a tombstone.
    if (entry.replyTo() != null) {
      row = row.setLong("reply_to", entry.replyTo());
    }
    if (entry.expiresAt() != null) {
      row = row.setInstant("expires_at", entry.expiresAt());
    }
    if (entry.target() != null) {
      row = row.setLong("target", entry.target());
    }
    // Not in the body alone: entries and bodies are read one after the other, and a redaction that
    // is found without its range would be one of a single message.
    RedactedRange range = RedactedRange.of(entry);
    if (range != null) {
      row = row.setLong("upto", range.upto());
    }
    batch.addStatement(row.build());
  }

  private void addSend(BatchStatementBuilder batch, WriteGroup group, Entry entry) {
    batch.addStatement(
        bindEntry(LogStatement.INSERT_SEND, group, entry)
            .setString("sender_id", entry.senderId())
            .setString("client_id", entry.clientId())
            .build());
  }

  private void addTombstone(
      BatchStatementBuilder batch, WriteGroup group, Entry entry, String reason) {
    batch.addStatement(
        BodyRemover.tombstone(
            tables, entry.conversationId(), group.bucket(), entry.seq(), reason, group.epoch()));
  }

  private void addBody(
      BatchStatementBuilder batch, WriteGroup group, Entry entry, Body body, BodyCipher.Keys keys) {
    if (!BodyCipher.isSealed(entry)) {
      batch.addStatement(
          bindEntry(LogStatement.INSERT_BODY, group, entry).setString("body", body.json()).build());
    } else if (keys.isDestroyed(entry.senderId())) {
      // Since the message was accepted. A tombstone beats what another attempt may have written.
      addTombstone(batch, group, entry, Removal.ERASED);
    } else {
      addSealed(batch, group, entry, keys.seal(entry, body, group.epoch()));
    }
  }

  private void addSealed(
      BatchStatementBuilder batch, WriteGroup group, Entry entry, ByteBuffer sealed) {
    if (entry.expiresAt() == null) {
      batch.addStatement(
          bindEntry(LogStatement.INSERT_SEALED_BODY, group, entry)
              .setByteBuffer("sealed", sealed)
              .build());
      return;
    }
    // The row stays when its text has gone, so that it is not taken for one that never arrived.
    batch.addStatement(bindEntry(LogStatement.INSERT_BODY_ROW, group, entry).build());
    int secondsLeft = secondsUntil(entry.expiresAt());
    if (secondsLeft > 0) {
      batch.addStatement(
          bindEntry(LogStatement.SET_EXPIRING_BODY, group, entry)
              .setInt("seconds_left", secondsLeft)
              .setByteBuffer("sealed", sealed)
              .build());
    }
  }

  private BoundStatementBuilder bindEntry(LogStatement statement, WriteGroup group, Entry entry) {
    return bind(statement, group).setLong("seq", entry.seq());
  }

  private BoundStatementBuilder bind(LogStatement statement, WriteGroup group) {
    return tables
        .bind(statement, group.conversationId(), group.bucket())
        .setLong("epoch", group.epoch());
  }

  private int secondsUntil(Instant time) {
    return (int) Duration.between(clock.instant(), time).plusMillis(999).toSeconds();
  }
}
