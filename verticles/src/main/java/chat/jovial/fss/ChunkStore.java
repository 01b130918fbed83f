package chat.jovial.fss;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.Chunks;
import chat.jovial.contract.fss.WriteChunk;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of files, a row for each chunk. A chunk bears its writer's epoch as its timestamp: what
 * a former writer still has on its way loses, whenever it arrives.
 */
final class ChunkStore {
  private static final List<String> CQL =
      List.of(
          "INSERT INTO $file_chunks (file_id, part, chunk, size, data)"
              + " VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?",
          "SELECT data FROM $file_chunks WHERE file_id = ? AND part = ? AND chunk = ?",
          "SELECT chunk, size FROM $file_chunks WHERE file_id = ? AND part = ?",
          "DELETE FROM $file_chunks USING TIMESTAMP ? WHERE file_id = ? AND part = ?");

  private final CassandraClient client;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement chunksOfPart;
  private final PreparedStatement removePart;

  private ChunkStore(CassandraClient client, List<PreparedStatement> s) {
    this.client = client;
    this.insert = s.get(0);
    this.select = s.get(1);
    this.chunksOfPart = s.get(2);
    this.removePart = s.get(3);
  }

  static Future<ChunkStore> prepare(CassandraStore store) {
    List<Future<PreparedStatement>> all = new ArrayList<>();
    CQL.forEach(cql -> all.add(store.prepare(cql)));
    return Future.all(all).map(done -> new ChunkStore(store.client(), done.list()));
  }

  /** Succeeds when a quorum has it; may be called again with the same. */
  Future<Nothing> write(WriteChunk request) {
    return client
        .execute(
            insert.bind(
                request.fileId(),
                Chunks.partOf(request.chunk()),
                request.chunk(),
                request.bytes().length,
                ByteBuffer.wrap(request.bytes()),
                request.epoch()))
        .map(Nothing.NOTHING);
  }

  Future<Optional<byte[]>> read(String fileId, int chunk) {
    return client
        .executeWithFullFetch(select.bind(fileId, Chunks.partOf(chunk), chunk))
        .map(rows -> rows.stream().findFirst().map(row -> bytes(row, "data")));
  }

  /** Whole chunks from the beginning without a gap. Reads numbers only, a partition at a time. */
  Future<Integer> countWhole(String fileId) {
    return countFrom(fileId, 0, 0);
  }

  private Future<Integer> countFrom(String fileId, int part, int before) {
    return client
        .executeWithFullFetch(chunksOfPart.bind(fileId, part))
        .compose(
            rows -> {
              int next = before;
              for (Row row : rows) {
                if (row.getInt("chunk") != next || row.getInt("size") < Chunks.SIZE) {
                  return Future.succeededFuture(next);
                }
                next++;
              }
              return rows.size() < Chunks.IN_PART
                  ? Future.succeededFuture(next)
                  : countFrom(fileId, part + 1, next);
            });
  }

  /** Removes one whole partition, with everything that was written of it up to that timestamp. */
  Future<Nothing> removePart(String fileId, int part, long timestamp) {
    return client.execute(removePart.bind(timestamp, fileId, part)).map(Nothing.NOTHING);
  }

  private static byte[] bytes(Row row, String column) {
    ByteBuffer buffer = row.getByteBuffer(column);
    byte[] bytes = new byte[buffer == null ? 0 : buffer.remaining()];
    if (buffer != null) {
      buffer.get(bytes);
    }
    return bytes;
  }
}
