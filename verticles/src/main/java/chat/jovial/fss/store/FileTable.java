package chat.jovial.fss.store;

import static chat.jovial.fss.store.FileStatement.ACQUIRE;
import static chat.jovial.fss.store.FileStatement.CHANGE;
import static chat.jovial.fss.store.FileStatement.COMPLETE;
import static chat.jovial.fss.store.FileStatement.DELETE;
import static chat.jovial.fss.store.FileStatement.FIND;
import static chat.jovial.fss.store.FileStatement.INSERT;
import static chat.jovial.fss.store.FileStatement.SET_LENGTH;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cassandra.PreparedSet;
import chat.jovial.keys.ContentCipher;
import chat.jovial.keys.DataKeys;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Table of files and uploads. Every write of a row is conditional, so a caller that acquires,
 * completes or removes an upload learns whether another was faster. None is on the path of a
 * message or a chunk.
 */
public final class FileTable {
  private final CassandraClient client;
  private final PreparedSet<FileStatement> statements;

  private final FileSeal seal;

  private FileTable(CassandraClient client, PreparedSet<FileStatement> statements, FileSeal seal) {
    this.client = client;
    this.statements = statements;
    this.seal = seal;
  }

  static Future<FileTable> prepare(CassandraStore store, DataKeys keys) {
    return PreparedSet.prepare(store, FileStatement.class)
        .map(statements -> new FileTable(store.client(), statements, new FileSeal(keys)));
  }

  public Future<Optional<FileRow>> find(String fileId) {
    return client
        .executeWithFullFetch(statements.bind(FIND).setString("file_id", fileId).build())
        .compose(
            rows ->
                rows.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : open(rows.get(0)).map(Optional::of));
  }

  private Future<FileRow> open(Row row) {
    ByteBuffer name = row.getByteBuffer("sealed_name");
    ByteBuffer sha256 = row.getByteBuffer("sealed_sha256");
    if (name == null && sha256 == null) {
      // Without a name and not complete, or written by an older release.
      return Future.succeededFuture(
          FileRow.of(row, row.getString("name"), row.getString("sha256")));
    }
    return seal.opener(FileRow.placeOf(row), String.valueOf(row.getString("file_id")))
        .map(
            opener ->
                FileRow.of(
                    row,
                    opened(opener, FileSeal.Part.NAME, name, row.getString("name")),
                    opened(opener, FileSeal.Part.SHA256, sha256, row.getString("sha256"))));
  }

  private static @Nullable String opened(
      Optional<ContentCipher> opener,
      FileSeal.Part part,
      @Nullable ByteBuffer stored,
      @Nullable String older) {
    return stored == null
        ? older
        : opener.map(cipher -> FileSeal.open(cipher, part, stored)).orElse(null);
  }

  /** False if there is a file of that id. */
  public Future<Boolean> insert(FileRow row) {
    String name = row.name();
    Future<@Nullable ByteBuffer> sealed =
        name == null
            ? Future.succeededFuture()
            : seal.seal(row.place(), row.fileId(), FileSeal.Part.NAME, name).map(data -> data);
    return sealed.compose(data -> insert(row, data));
  }

  private Future<Boolean> insert(FileRow row, @Nullable ByteBuffer sealedName) {
    return applied(
        statements
            .bind(INSERT)
            .setString("file_id", row.fileId())
            .setString("app_id", row.place().appId())
            .setString("sender_id", row.place().senderId())
            .setString("conversation_id", row.place().conversationId())
            .setByteBuffer("sealed_name", sealedName)
            .setString("mime_type", row.mimeType())
            .set("length", row.length(), Long.class)
            .setString("state", row.state().name())
            .setLong("epoch", row.epoch())
            .setInstant("created_at", row.createdAt())
            .setInstant("touched_at", row.touchedAt()));
  }

  /**
   * Makes the caller its writer; returns the writer's epoch, or nothing if the upload has ended or
   * another was faster. Epochs grow, whatever the clocks say.
   */
  public Future<Optional<Long>> acquire(FileRow found, Instant now) {
    long epoch = Math.max(epochAt(now), found.epoch() + 1);
    return applied(
            statements
                .bind(ACQUIRE)
                .setLong("epoch", epoch)
                .setInstant("touched_at", now)
                .setString("file_id", found.fileId())
                .setString("seen_state", FileState.OPEN.name())
                .setLong("seen_epoch", found.epoch()))
        .map(mine -> mine ? Optional.of(epoch) : Optional.empty());
  }

  /** The epoch of a writer that begins then. */
  static long epochAt(Instant now) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, now);
  }

  /** False if it has a length already, or has ended. */
  public Future<Boolean> setLength(String fileId, long length) {
    return applied(
        statements
            .bind(SET_LENGTH)
            .setLong("length", length)
            .setString("file_id", fileId)
            .setString("seen_state", FileState.OPEN.name()));
  }

  /** False if it has another writer by now, or has ended. */
  public Future<Boolean> complete(
      FileRow open, long epoch, FileFacts facts, FileState next, Instant now) {
    return seal.seal(open.place(), open.fileId(), FileSeal.Part.SHA256, facts.sha256())
        .compose(
            sealedHash ->
                applied(
                    statements
                        .bind(COMPLETE)
                        .setString("state", next.name())
                        .setInstant("touched_at", now)
                        .setLong("size", facts.size())
                        .setByteBuffer("sealed_sha256", sealedHash)
                        .setString("mime_type", facts.mimeType())
                        .set("width", facts.width(), Integer.class)
                        .set("height", facts.height(), Integer.class)
                        .setString("file_id", open.fileId())
                        .setString("seen_state", FileState.OPEN.name())
                        .setLong("seen_epoch", epoch)));
  }

  /** False if its state or its writer is no longer as it was found. */
  public Future<Boolean> change(FileRow found, FileState next, Instant now) {
    return applied(
        statements
            .bind(CHANGE)
            .setString("state", next.name())
            .setInstant("touched_at", now)
            .setString("file_id", found.fileId())
            .setString("seen_state", found.state().name())
            .setLong("seen_epoch", found.epoch()));
  }

  /** The row of a file whose chunks are gone. */
  public Future<Boolean> remove(FileRow found) {
    return applied(
        statements
            .bind(DELETE)
            .setString("file_id", found.fileId())
            .setString("seen_state", found.state().name()));
  }

  private Future<Boolean> applied(BoundStatementBuilder statement) {
    // Not repeated by the driver: whether the first try was applied is not known then.
    return client
        .execute(statement.setIdempotence(false).build())
        .map(result -> result.wasApplied());
  }
}
