package chat.jovial.fss;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.Chunks;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of files, encrypted, a row for each chunk. A chunk bears its writer's epoch as its
 * timestamp: what a former writer still has on its way loses, whenever it arrives.
 */
final class ChunkStore {
  /** A chunk is a thousand times as large as a message, and may take longer on a busy disk. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final String IN_PART = " WHERE file_id = ? AND part = ?";

  private static final List<String> CQL =
      List.of(
          "INSERT INTO $file_chunks (file_id, part, chunk, size, data)"
              + " VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?",
          "SELECT data, writetime(data) AS epoch FROM $file_chunks" + IN_PART + " AND chunk = ?",
          "SELECT chunk, size FROM $file_chunks" + IN_PART,
          "DELETE FROM $file_chunks USING TIMESTAMP ?" + IN_PART,
          "DELETE FROM $file_chunks USING TIMESTAMP ?" + IN_PART + " AND chunk >= ?");

  private final CassandraClient client;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement chunksOfPart;
  private final PreparedStatement removePart;
  private final PreparedStatement removeFrom;

  /** A chunk as it is stored. */
  record Sealed(ByteBuffer bytes, long epoch) {}

  /**
   * What is stored of an upload from its beginning without a gap.
   *
   * @param full chunks that are full
   * @param tail bytes of the chunk behind them; 0 if there is none
   */
  record Extent(int full, int tail) {
    long offset() {
      return (long) full * Chunks.SIZE + tail;
    }

    /** The first chunk of which nothing is stored. */
    int end() {
      return tail == 0 ? full : full + 1;
    }
  }

  private ChunkStore(CassandraClient client, List<PreparedStatement> s) {
    this.client = client;
    this.insert = s.get(0);
    this.select = s.get(1);
    this.chunksOfPart = s.get(2);
    this.removePart = s.get(3);
    this.removeFrom = s.get(4);
  }

  static Future<ChunkStore> prepare(CassandraStore store) {
    CassandraClient client = store.bulkClient();
    // One alone connects: the client of Vert.x cannot be asked for two things before it has.
    return client
        .prepare(store.withKeyspace(CQL.get(0)))
        .compose(
            connected ->
                Future.all(
                    CQL.stream().map(cql -> client.prepare(store.withKeyspace(cql))).toList()))
        .map(done -> new ChunkStore(client, done.list()));
  }

  /**
   * Succeeds when a quorum has it; may be called again with the same.
   *
   * @param size bytes of the chunk before it was encrypted
   */
  Future<Nothing> write(String fileId, int chunk, int size, Sealed sealed) {
    return client
        .execute(
            insert
                .bind(fileId, Chunks.partOf(chunk), chunk, size, sealed.bytes(), sealed.epoch())
                .setTimeout(TIMEOUT))
        .map(Nothing.NOTHING);
  }

  Future<Optional<Sealed>> read(String fileId, int chunk) {
    return client
        .executeWithFullFetch(select.bind(fileId, Chunks.partOf(chunk), chunk).setTimeout(TIMEOUT))
        .map(rows -> rows.stream().findFirst().flatMap(ChunkStore::sealed));
  }

  /** Reads numbers only, a partition at a time. */
  Future<Extent> extent(String fileId) {
    return extentFrom(fileId, 0, 0);
  }

  private Future<Extent> extentFrom(String fileId, int part, int before) {
    return client
        .executeWithFullFetch(chunksOfPart.bind(fileId, part))
        .compose(
            rows -> {
              int full = before;
              for (Row row : rows) {
                if (row.getInt("chunk") != full) {
                  return Future.succeededFuture(new Extent(full, 0));
                }
                if (row.getInt("size") < Chunks.SIZE) {
                  return Future.succeededFuture(new Extent(full, row.getInt("size")));
                }
                full++;
              }
              return rows.size() < Chunks.IN_PART
                  ? Future.succeededFuture(new Extent(full, 0))
                  : extentFrom(fileId, part + 1, full);
            });
  }

  /**
   * Removes what writers up to that epoch have stored from a chunk on, or have yet to store: as
   * they have few chunks on their way at once, this and the next partition hold all of it.
   */
  Future<Nothing> fence(String fileId, int fromChunk, long epoch) {
    int part = Chunks.partOf(fromChunk);
    return client
        .execute(removeFrom.bind(epoch, fileId, part, fromChunk))
        .compose(done -> removePart(fileId, part + 1, epoch));
  }

  Future<Boolean> isEmpty(String fileId, int part) {
    return client.executeWithFullFetch(chunksOfPart.bind(fileId, part)).map(rows -> rows.isEmpty());
  }

  /** Removes one whole partition, with everything that was written of it up to that epoch. */
  Future<Nothing> removePart(String fileId, int part, long epoch) {
    return client.execute(removePart.bind(epoch, fileId, part)).map(Nothing.NOTHING);
  }

  private static Optional<Sealed> sealed(Row row) {
    return Optional.ofNullable(row.getByteBuffer("data"))
        .map(bytes -> new Sealed(bytes, row.getLong("epoch")));
  }
}
