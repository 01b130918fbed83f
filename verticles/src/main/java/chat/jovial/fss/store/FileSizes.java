package chat.jovial.fss.store;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.FilePlace;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * Table of the sizes of files by user and app, for the quota: a row for each file, so that counting
 * or removing one twice changes nothing. An app's users are spread over {@link #SLOTS} partitions.
 */
public final class FileSizes {
  private static final int SLOTS = 32;

  private static final List<String> CQL =
      List.of(
          "INSERT INTO $file_sizes (app_id, slot, user_id, file_id, size) VALUES (?, ?, ?, ?, ?)",
          "DELETE FROM $file_sizes WHERE app_id = ? AND slot = ? AND user_id = ? AND file_id = ?",
          "SELECT SUM(size) AS total FROM $file_sizes"
              + " WHERE app_id = ? AND slot = ? AND user_id = ?",
          "SELECT SUM(size) AS total FROM $file_sizes WHERE app_id = ? AND slot = ?");

  private final CassandraClient client;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement ofUser;
  private final PreparedStatement ofSlot;

  private FileSizes(CassandraClient client, List<PreparedStatement> s) {
    this.client = client;
    this.insert = s.get(0);
    this.delete = s.get(1);
    this.ofUser = s.get(2);
    this.ofSlot = s.get(3);
  }

  public static Future<FileSizes> prepare(CassandraStore store) {
    List<Future<PreparedStatement>> all = new ArrayList<>();
    CQL.forEach(cql -> all.add(store.prepare(cql)));
    return Future.all(all).map(done -> new FileSizes(store.client(), done.list()));
  }

  /** Counts a file, or replaces its size. */
  public Future<Nothing> put(FilePlace place, String fileId, long bytes) {
    return client
        .execute(insert.bind(place.appId(), slot(place), place.senderId(), fileId, bytes))
        .map(Nothing.NOTHING);
  }

  public Future<Nothing> remove(String appId, String userId, String fileId) {
    return client.execute(delete.bind(appId, slot(userId), userId, fileId)).map(Nothing.NOTHING);
  }

  public Future<Long> ofUser(FilePlace place) {
    return sum(ofUser.bind(place.appId(), slot(place), place.senderId()));
  }

  public Future<Long> ofApp(String appId) {
    List<Future<Long>> slots = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      slots.add(sum(ofSlot.bind(appId, slot)));
    }
    return Future.all(slots).map(all -> all.<Long>list().stream().mapToLong(Long::longValue).sum());
  }

  private Future<Long> sum(BoundStatement statement) {
    return client
        .executeWithFullFetch(statement)
        .map(rows -> rows.stream().mapToLong(FileSizes::total).sum());
  }

  private static long total(Row row) {
    return row.getLong("total");
  }

  private static int slot(FilePlace place) {
    return slot(place.senderId());
  }

  private static int slot(String userId) {
    return Math.floorMod(userId.hashCode(), SLOTS);
  }
}
