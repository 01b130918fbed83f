package chat.jovial.fss.store;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cassandra.PreparedSet;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.FilePlace;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/**
 * Table of pending work for sweeps: files that are not complete, and files whose bytes are to be
 * removed. A task is written before the change itself, so that a crash leaves nothing behind. The
 * partitions are hours, for rows that came and went make one slow to read.
 */
public final class FileTasks {
  /** Partitions of an hour. */
  public static final int SLOTS = 8;

  /** Of a partition at once; the next sweep sees more. */
  private static final int MAX_AT_ONCE = 1_000;

  private static final long SECONDS_PER_HOUR = 3_600;

  private final CassandraClient client;
  private final PreparedSet<TaskStatement> statements;

  /** The hour that this process wrote down last; most files need no other. */
  private volatile long lastHour = -1;

  /** A file to look at. */
  public record Task(long hour, int slot, String fileId, String appId, String senderId) {
    public static Task of(Row row) {
      return new Task(
          row.getLong("hour"),
          row.getInt("slot"),
          row.getString("file_id"),
          row.getString("app_id"),
          row.getString("sender_id"));
    }
  }

  private FileTasks(CassandraClient client, PreparedSet<TaskStatement> statements) {
    this.client = client;
    this.statements = statements;
  }

  static Future<FileTasks> prepare(CassandraStore store) {
    return PreparedSet.prepare(store, TaskStatement.class)
        .map(statements -> new FileTasks(store.client(), statements));
  }

  /** Has a sweep look at a file, at the time of {@code at} or later. */
  public Future<Task> add(String fileId, FilePlace place, Instant at) {
    Task task = task(fileId, place, at);
    Future<?> hourKnown =
        task.hour() == lastHour
            ? Future.succeededFuture()
            : client.execute(
                statements.bind(TaskStatement.INSERT_HOUR).setLong("hour", task.hour()).build());
    return hourKnown
        .compose(
            known -> {
              lastHour = task.hour();
              return client.execute(
                  inPartition(TaskStatement.INSERT, task.hour(), task.slot())
                      .setString("file_id", fileId)
                      .setString("app_id", place.appId())
                      .setString("sender_id", place.senderId())
                      .build());
            })
        .map(task);
  }

  /** The task that {@link #add} made of the same. */
  public static Task task(String fileId, FilePlace place, Instant at) {
    return new Task(
        hourOf(at),
        Math.floorMod(fileId.hashCode(), SLOTS),
        fileId,
        place.appId(),
        place.senderId());
  }

  public Future<Nothing> done(Task task) {
    return client
        .execute(
            inPartition(TaskStatement.DELETE, task.hour(), task.slot())
                .setString("file_id", task.fileId())
                .build())
        .map(Nothing.NOTHING);
  }

  /** Hours in which there may be something to do. */
  public Future<List<Long>> hours() {
    return client
        .executeWithFullFetch(statements.bind(TaskStatement.LIST_HOURS).build())
        .map(rows -> rows.stream().map(row -> row.getLong("hour")).toList());
  }

  public Future<List<Task>> tasks(long hour, int slot) {
    return client
        .executeWithFullFetch(
            inPartition(TaskStatement.LIST, hour, slot).setInt("max", MAX_AT_ONCE).build())
        .map(rows -> rows.stream().map(Task::of).toList());
  }

  /** For an hour that is long over, and in which nothing is left to do. */
  public Future<Nothing> hourDone(long hour) {
    return client
        .execute(statements.bind(TaskStatement.DELETE_HOUR).setLong("hour", hour).build())
        .map(Nothing.NOTHING);
  }

  private BoundStatementBuilder inPartition(TaskStatement statement, long hour, int slot) {
    return statements.bind(statement).setLong("hour", hour).setInt("slot", slot);
  }

  public static long hourOf(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), SECONDS_PER_HOUR);
  }
}
