package chat.jovial.fss.store;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cassandra.PreparedSet;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.FilePlace;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
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

  private final CassandraClient client;
  private final PreparedSet<SizeStatement> statements;

  private FileSizes(CassandraClient client, PreparedSet<SizeStatement> statements) {
    this.client = client;
    this.statements = statements;
  }

  public static Future<FileSizes> prepare(CassandraStore store) {
    return PreparedSet.prepare(store, SizeStatement.class)
        .map(statements -> new FileSizes(store.client(), statements));
  }

  /** Counts a file, or replaces its size. */
  public Future<Nothing> put(FilePlace place, String fileId, long bytes) {
    return client
        .execute(
            ofUser(SizeStatement.INSERT, place.appId(), place.senderId())
                .setString("file_id", fileId)
                .setLong("size", bytes)
                .build())
        .map(Nothing.NOTHING);
  }

  public Future<Nothing> remove(String appId, String userId, String fileId) {
    return client
        .execute(ofUser(SizeStatement.DELETE, appId, userId).setString("file_id", fileId).build())
        .map(Nothing.NOTHING);
  }

  public Future<Long> ofUser(String appId, String userId) {
    return sum(ofUser(SizeStatement.SUM_OF_USER, appId, userId));
  }

  public Future<Long> ofApp(String appId) {
    List<Future<Long>> slots = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      slots.add(
          sum(
              statements
                  .bind(SizeStatement.SUM_OF_SLOT)
                  .setString("app_id", appId)
                  .setInt("slot", slot)));
    }
    return Future.all(slots).map(all -> all.<Long>list().stream().mapToLong(Long::longValue).sum());
  }

  private BoundStatementBuilder ofUser(SizeStatement statement, String appId, String userId) {
    return statements
        .bind(statement)
        .setString("app_id", appId)
        .setInt("slot", slot(userId))
        .setString("user_id", userId);
  }

  private Future<Long> sum(BoundStatementBuilder statement) {
    return client
        .executeWithFullFetch(statement.build())
        .map(rows -> rows.stream().mapToLong(FileSizes::total).sum());
  }

  private static long total(Row row) {
    return row.getLong("total");
  }

  private static int slot(String userId) {
    return Math.floorMod(userId.hashCode(), SLOTS);
  }
}
