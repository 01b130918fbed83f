package chat.jovial.fss.store;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.Nothing;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Table of the previews of images, one row each. Written and removed at the file's epoch: a preview
 * made while its file is deleted loses against the removal, in either order. All of a preview is
 * one cell, so that of two that were made at once one wins as a whole.
 */
public final class ThumbnailTable {
  private static final List<String> CQL =
      List.of(
          "SELECT data FROM $file_thumbnails WHERE file_id = ?",
          "INSERT INTO $file_thumbnails (file_id, data) VALUES (?, ?) USING TIMESTAMP ?",
          "DELETE FROM $file_thumbnails USING TIMESTAMP ? WHERE file_id = ?");

  private final CassandraClient client;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement remove;

  private ThumbnailTable(CassandraClient client, List<PreparedStatement> s) {
    this.client = client;
    this.select = s.get(0);
    this.insert = s.get(1);
    this.remove = s.get(2);
  }

  public static Future<ThumbnailTable> prepare(CassandraStore store) {
    List<Future<PreparedStatement>> all = new ArrayList<>();
    CQL.forEach(cql -> all.add(store.prepare(cql)));
    return Future.all(all).map(done -> new ThumbnailTable(store.client(), done.list()));
  }

  public Future<Optional<byte[]>> read(String fileId) {
    return client
        .executeWithFullFetch(select.bind(fileId))
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
    return client.execute(insert.bind(fileId, ByteBuffer.wrap(data), epoch)).map(Nothing.NOTHING);
  }

  public Future<Nothing> remove(String fileId, long epoch) {
    return client.execute(remove.bind(epoch, fileId)).map(Nothing.NOTHING);
  }
}
