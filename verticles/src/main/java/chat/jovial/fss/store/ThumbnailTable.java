package chat.jovial.fss.store;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cassandra.PreparedSet;
import chat.jovial.contract.Nothing;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Table of the previews of images, one row each. Written and removed at the file's epoch: a preview
 * made while its file is deleted loses against the removal, in either order. All of a preview is
 * one cell, so that of two that were made at once one wins as a whole.
 */
public final class ThumbnailTable {
  private final CassandraClient client;
  private final PreparedSet<ThumbnailStatement> statements;

  private ThumbnailTable(CassandraClient client, PreparedSet<ThumbnailStatement> statements) {
    this.client = client;
    this.statements = statements;
  }

  public static Future<ThumbnailTable> prepare(CassandraStore store) {
    return PreparedSet.prepare(store, ThumbnailStatement.class)
        .map(statements -> new ThumbnailTable(store.client(), statements));
  }

  public Future<Optional<byte[]>> read(String fileId) {
    return client
        .executeWithFullFetch(ofFile(ThumbnailStatement.FIND, fileId).build())
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(
                        row -> {
                          ByteBuffer data = row.getByteBuffer("data");
                          byte[] bytes = new byte[data == null ? 0 : data.remaining()];
                          if (data != null) {
                            data.get(bytes);
                          }
                          return bytes;
                        }));
  }

  public Future<Nothing> write(String fileId, byte[] data, long epoch) {
    return client
        .execute(
            ofFile(ThumbnailStatement.INSERT, fileId)
                .setByteBuffer("data", ByteBuffer.wrap(data))
                .setLong("epoch", epoch)
                .build())
        .map(Nothing.NOTHING);
  }

  public Future<Nothing> remove(String fileId, long epoch) {
    return client
        .execute(ofFile(ThumbnailStatement.DELETE, fileId).setLong("epoch", epoch).build())
        .map(Nothing.NOTHING);
  }

  private BoundStatementBuilder ofFile(ThumbnailStatement statement, String fileId) {
    return statements.bind(statement).setString("file_id", fileId);
  }
}
