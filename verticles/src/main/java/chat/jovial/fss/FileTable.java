package chat.jovial.fss;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.fss.CompleteUpload;
import chat.jovial.contract.fss.CreateUpload;
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
 * The rows of files. Every write of one is conditional, so who takes an upload, completes it or
 * sweeps it learns whether somebody else was faster. None is on the path of a message or a chunk.
 */
final class FileTable {
  private static final List<String> CQL =
      List.of(
          "SELECT " + FileRow.COLUMNS + " FROM $files WHERE file_id = ?",
          "INSERT INTO $files (file_id, app_id, sender_id, conversation_id, name, mime_type, length,"
              + " state, epoch, created_at, touched_at) VALUES (?, ?, ?, ?, ?, ?, ?, 'OPEN', 0, ?, ?)"
              + " IF NOT EXISTS",
          "UPDATE $files SET epoch = ?, touched_at = ? WHERE file_id = ?"
              + " IF state = 'OPEN' AND epoch = ?",
          "UPDATE $files SET state = 'COMPLETE', size = ?, sha256 = ?, mime_type = ?"
              + " WHERE file_id = ? IF state = 'OPEN' AND epoch = ?",
          "UPDATE $files SET state = 'SWEPT' WHERE file_id = ? IF state = 'OPEN' AND epoch = ?",
          "UPDATE $files SET state = 'DELETED' WHERE file_id = ? IF state = 'COMPLETE'");

  private final CassandraClient client;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement take;
  private final PreparedStatement complete;
  private final PreparedStatement sweep;
  private final PreparedStatement delete;

  private FileTable(CassandraClient client, List<PreparedStatement> s) {
    this.client = client;
    this.select = s.get(0);
    this.insert = s.get(1);
    this.take = s.get(2);
    this.complete = s.get(3);
    this.sweep = s.get(4);
    this.delete = s.get(5);
  }

  static Future<FileTable> prepare(CassandraStore store) {
    List<Future<PreparedStatement>> all = new ArrayList<>();
    CQL.forEach(cql -> all.add(store.prepare(cql)));
    return Future.all(all).map(done -> new FileTable(store.client(), done.list()));
  }

  Future<Optional<FileRow>> find(String fileId) {
    return client
        .executeWithFullFetch(select.bind(fileId))
        .map(rows -> rows.stream().findFirst().map(FileRow::of));
  }

  /** False if there is a file of that id. */
  Future<Boolean> insert(CreateUpload request, Instant now) {
    return applied(
        insert.bind(
            request.fileId(),
            request.appId(),
            request.senderId(),
            request.conversationId(),
            request.name(),
            request.mimeType(),
            request.length(),
            now,
            now));
  }

  /**
   * Makes somebody new its writer; gives the writer's epoch, or nothing if the upload has ended or
   * another was faster. Epochs grow, whatever the clocks say.
   */
  Future<Optional<Long>> take(FileRow found, Instant now) {
    long epoch = Math.max(ChronoUnit.MICROS.between(Instant.EPOCH, now), found.epoch() + 1);
    return applied(take.bind(epoch, now, found.fileId(), found.epoch()))
        .map(mine -> mine ? Optional.of(epoch) : Optional.empty());
  }

  Future<Boolean> complete(CompleteUpload request) {
    return applied(
        complete.bind(
            request.size(),
            request.sha256(),
            request.mimeType(),
            request.fileId(),
            request.epoch()));
  }

  /** False if its writer has changed since it was found, or it has ended. */
  Future<Boolean> sweep(FileRow found) {
    return applied(sweep.bind(found.fileId(), found.epoch()));
  }

  Future<Boolean> delete(String fileId) {
    return applied(delete.bind(fileId));
  }

  private Future<Boolean> applied(BoundStatement statement) {
    // Not repeated by the driver: whether the first try was applied is not known then.
    return client.execute(statement.setIdempotent(false)).map(result -> result.wasApplied());
  }
}
