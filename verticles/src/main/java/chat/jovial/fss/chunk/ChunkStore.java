package chat.jovial.fss.chunk;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cassandra.PreparedSet;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.Chunks;
import chat.jovial.memory.ReusedArrays;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Store of the encrypted bytes of files, a row for each chunk. A chunk has its writer's epoch as
 * its timestamp: late writes of a previous writer lose, whenever they arrive.
 */
public final class ChunkStore {
  /** A chunk is a thousand times as large as a message, and may take longer on a busy disk. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final LargeRows rows;
  private final PreparedSet<ChunkStatement> statements;

  /** A chunk as it is stored. */
  record Sealed(ByteBuffer bytes, long epoch) {}

  /** What there is of a chunk without its bytes. */
  private record Stored(int number, int size) {
    static Stored of(Row row) {
      return new Stored(row.getInt("chunk"), row.getInt("size"));
    }
  }

  /**
   * What is stored of an upload from its beginning without a gap.
   *
   * @param full chunks that are full
   * @param tail bytes of the chunk behind them; 0 if there is none
   */
  public record Extent(int full, int tail) {
    public long offset() {
      return (long) full * Chunks.SIZE + tail;
    }

    /** The first chunk of which nothing is stored. */
    public int end() {
      return tail == 0 ? full : full + 1;
    }
  }

  private ChunkStore(LargeRows rows, PreparedSet<ChunkStatement> statements) {
    this.rows = rows;
    this.statements = statements;
  }

  public static Future<ChunkStore> open(Vertx vertx, CassandraStore store) {
    return LargeRows.open(vertx, store.config())
        .compose(
            rows ->
                PreparedSet.prepare(
                        cql -> rows.prepare(store.withKeyspace(cql)), ChunkStatement.class)
                    .map(statements -> new ChunkStore(rows, statements))
                    .recover(
                        failure -> rows.close().transform(closed -> Future.failedFuture(failure))));
  }

  /** Has requests go straight to a node that has what they ask for; see {@link CassandraStore}. */
  public Future<Void> routeByToken() {
    return rows.readSchema();
  }

  public Future<Void> close() {
    return rows.close();
  }

  /**
   * Succeeds when a quorum has it; may be called again with the same.
   *
   * @param size bytes of the chunk before it was encrypted
   */
  public Future<Nothing> write(String fileId, int chunk, int size, Sealed sealed) {
    return rows.execute(
            inPart(ChunkStatement.INSERT, fileId, Chunks.partOf(chunk))
                .setInt("chunk", chunk)
                .setInt("size", size)
                .setByteBuffer("data", sealed.bytes())
                .setLong("epoch", sealed.epoch())
                .setTimeout(TIMEOUT)
                .build())
        .map(Nothing.NOTHING);
  }

  /**
   * Reads a chunk.
   *
   * @param opened what is made of it where it arrives; its bytes are of no meaning afterwards
   */
  public <T> Future<Optional<T>> read(String fileId, int chunk, Function<Sealed, T> opened) {
    return rows.read(
            inPart(ChunkStatement.FIND, fileId, Chunks.partOf(chunk))
                .setInt("chunk", chunk)
                .setTimeout(TIMEOUT)
                .build(),
            row -> sealed(row).map(stored -> open(stored, opened)))
        .map(found -> found.stream().flatMap(Optional::stream).findFirst());
  }

  private <T> T open(Sealed sealed, Function<Sealed, T> opened) {
    T made = opened.apply(sealed);
    values().release(sealed.bytes().array());
    return made;
  }

  /** Arrays for chunks as they are stored. */
  public ReusedArrays values() {
    return rows.values();
  }

  /** Reads numbers only, a partition at a time. */
  public Future<Extent> extent(String fileId) {
    return extentFrom(fileId, 0, 0);
  }

  private Future<Extent> extentFrom(String fileId, int part, int before) {
    return rows.read(inPart(ChunkStatement.LIST_PART, fileId, part).build(), Stored::of)
        .compose(
            stored -> {
              int full = before;
              for (Stored chunk : stored) {
                if (chunk.number() != full) {
                  return Future.succeededFuture(new Extent(full, 0));
                }
                if (chunk.size() < Chunks.SIZE) {
                  return Future.succeededFuture(new Extent(full, chunk.size()));
                }
                full++;
              }
              return stored.size() < Chunks.IN_PART
                  ? Future.succeededFuture(new Extent(full, 0))
                  : extentFrom(fileId, part + 1, full);
            });
  }

  /**
   * Removes what writers up to that epoch have stored from a chunk on, or have yet to store: as
   * they have few chunks on their way at once, this and the next partition hold all of it.
   */
  public Future<Nothing> fence(String fileId, int fromChunk, long epoch) {
    int part = Chunks.partOf(fromChunk);
    return rows.execute(
            inPart(ChunkStatement.DELETE_FROM, fileId, part)
                .setLong("epoch", epoch)
                .setInt("from_chunk", fromChunk)
                .build())
        .compose(done -> removePart(fileId, part + 1, epoch));
  }

  public Future<Boolean> isEmpty(String fileId, int part) {
    return rows.read(inPart(ChunkStatement.LIST_PART, fileId, part).build(), Stored::of)
        .map(List::isEmpty);
  }

  /** Removes one whole partition, with everything that was written of it up to that epoch. */
  public Future<Nothing> removePart(String fileId, int part, long epoch) {
    return rows.execute(
            inPart(ChunkStatement.DELETE_PART, fileId, part).setLong("epoch", epoch).build())
        .map(Nothing.NOTHING);
  }

  private BoundStatementBuilder inPart(ChunkStatement statement, String fileId, int part) {
    return statements.bind(statement).setString("file_id", fileId).setInt("part", part);
  }

  private static Optional<Sealed> sealed(Row row) {
    return Optional.ofNullable(row.getByteBuffer("data"))
        .map(bytes -> new Sealed(bytes, row.getLong("epoch")));
  }
}
