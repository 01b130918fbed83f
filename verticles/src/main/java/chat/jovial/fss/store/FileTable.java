package chat.jovial.fss.store;

import chat.jovial.cassandra.CassandraStore;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Table of files and uploads. Every write of a row is conditional, so a caller that acquires,
 * completes or removes an upload learns whether another was faster. None is on the path of a
 * message or a chunk.
 */
public final class FileTable {
  private static final String IF_STATE = " WHERE file_id = ? IF state = ?";
  private static final String AND_EPOCH = " AND epoch = ?";

  private static final List<String> CQL =
      List.of(
          "SELECT " + FileRow.COLUMNS + " FROM $files WHERE file_id = ?",
          "INSERT INTO $files (file_id, app_id, sender_id, conversation_id, name, mime_type, length,"
              + " state, epoch, created_at, touched_at)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, 'OPEN', ?, ?, ?) IF NOT EXISTS",
          "UPDATE $files SET epoch = ?, touched_at = ?" + IF_STATE + AND_EPOCH,
          "UPDATE $files SET length = ?" + IF_STATE + " AND length = null",
          "UPDATE $files SET state = ?, touched_at = ?, size = ?, sha256 = ?, mime_type = ?,"
              + " width = ?, height = ?"
              + IF_STATE
              + AND_EPOCH,
          "UPDATE $files SET state = ?, touched_at = ?" + IF_STATE + AND_EPOCH,
          "DELETE FROM $files" + IF_STATE);

  private final CassandraClient client;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement acquire;
  private final PreparedStatement setLength;
  private final PreparedStatement complete;
  private final PreparedStatement change;
  private final PreparedStatement remove;

  private FileTable(CassandraClient client, List<PreparedStatement> s) {
    this.client = client;
    this.select = s.get(0);
    this.insert = s.get(1);
    this.acquire = s.get(2);
    this.setLength = s.get(3);
    this.complete = s.get(4);
    this.change = s.get(5);
    this.remove = s.get(6);
  }

  public static Future<FileTable> prepare(CassandraStore store) {
    List<Future<PreparedStatement>> all = new ArrayList<>();
    CQL.forEach(cql -> all.add(store.prepare(cql)));
    return Future.all(all).map(done -> new FileTable(store.client(), done.list()));
  }

  public Future<Optional<FileRow>> find(String fileId) {
    return client
        .executeWithFullFetch(select.bind(fileId))
        .map(rows -> rows.stream().findFirst().map(FileRow::of));
  }

  /** False if there is a file of that id. */
  public Future<Boolean> insert(FileRow row) {
    return applied(
        insert.bind(
            row.fileId(),
            row.place().appId(),
            row.place().senderId(),
            row.place().conversationId(),
            row.name(),
            row.mimeType(),
            row.length(),
            row.epoch(),
            row.createdAt(),
            row.touchedAt()));
  }

  /**
   * Makes the caller its writer; returns the writer's epoch, or nothing if the upload has ended or
   * another was faster. Epochs grow, whatever the clocks say.
   */
  public Future<Optional<Long>> acquire(FileRow found, Instant now) {
    long epoch = Math.max(epochAt(now), found.epoch() + 1);
    return applied(acquire.bind(epoch, now, found.fileId(), FileState.OPEN.name(), found.epoch()))
        .map(mine -> mine ? Optional.of(epoch) : Optional.empty());
  }

  /** The epoch of a writer who begins then. */
  static long epochAt(Instant now) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, now);
  }

  /** False if it has a length already, or has ended. */
  public Future<Boolean> setLength(String fileId, long length) {
    return applied(setLength.bind(length, fileId, FileState.OPEN.name()));
  }

  /** False if its writer is no more that one, or it has ended. */
  public Future<Boolean> complete(
      String fileId, long epoch, FileFacts facts, FileState next, Instant now) {
    return applied(
        complete.bind(
            next.name(),
            now,
            facts.size(),
            facts.sha256(),
            facts.mimeType(),
            facts.width(),
            facts.height(),
            fileId,
            FileState.OPEN.name(),
            epoch));
  }

  /** False if its state or its writer is no more as it was found. */
  public Future<Boolean> change(FileRow found, FileState next, Instant now) {
    return applied(
        change.bind(next.name(), now, found.fileId(), found.state().name(), found.epoch()));
  }

  /** The row of a file whose chunks are gone. */
  public Future<Boolean> remove(FileRow found) {
    return applied(remove.bind(found.fileId(), found.state().name()));
  }

  private Future<Boolean> applied(BoundStatement statement) {
    // Not repeated by the driver: whether the first try was applied is not known then.
    return client.execute(statement.setIdempotent(false)).map(result -> result.wasApplied());
  }
}
