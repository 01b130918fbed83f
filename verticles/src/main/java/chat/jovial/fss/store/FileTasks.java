package chat.jovial.fss.store;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.FilePlace;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
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

  private static final List<String> CQL =
      List.of(
          "INSERT INTO $file_todo_hours (one, hour) VALUES (1, ?)",
          "SELECT hour FROM $file_todo_hours WHERE one = 1",
          "DELETE FROM $file_todo_hours WHERE one = 1 AND hour = ?",
          "INSERT INTO $file_todo (hour, slot, file_id, app_id, sender_id) VALUES (?, ?, ?, ?, ?)",
          "SELECT hour, slot, file_id, app_id, sender_id FROM $file_todo"
              + " WHERE hour = ? AND slot = ? LIMIT "
              + MAX_AT_ONCE,
          "DELETE FROM $file_todo WHERE hour = ? AND slot = ? AND file_id = ?");

  private final CassandraClient client;
  private final PreparedStatement insertHour;
  private final PreparedStatement selectHours;
  private final PreparedStatement deleteHour;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement delete;

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

  private FileTasks(CassandraClient client, List<PreparedStatement> s) {
    this.client = client;
    this.insertHour = s.get(0);
    this.selectHours = s.get(1);
    this.deleteHour = s.get(2);
    this.insert = s.get(3);
    this.select = s.get(4);
    this.delete = s.get(5);
  }

  public static Future<FileTasks> prepare(CassandraStore store) {
    List<Future<PreparedStatement>> all = new ArrayList<>();
    CQL.forEach(cql -> all.add(store.prepare(cql)));
    return Future.all(all).map(done -> new FileTasks(store.client(), done.list()));
  }

  /** Has a sweep look at a file, at the time of {@code at} or later. */
  public Future<Task> add(String fileId, FilePlace place, Instant at) {
    Task task = task(fileId, place, at);
    Future<?> hourKnown =
        task.hour() == lastHour
            ? Future.succeededFuture()
            : client.execute(insertHour.bind(task.hour()));
    return hourKnown
        .compose(
            known -> {
              lastHour = task.hour();
              return client.execute(
                  insert.bind(task.hour(), task.slot(), fileId, place.appId(), place.senderId()));
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
        .execute(delete.bind(task.hour(), task.slot(), task.fileId()))
        .map(Nothing.NOTHING);
  }

  /** Hours in which there may be something to do. */
  public Future<List<Long>> hours() {
    return client
        .executeWithFullFetch(selectHours.bind())
        .map(rows -> rows.stream().map(row -> row.getLong("hour")).toList());
  }

  public Future<List<Task>> tasks(long hour, int slot) {
    return client
        .executeWithFullFetch(select.bind(hour, slot))
        .map(rows -> rows.stream().map(Task::of).toList());
  }

  /** For an hour that is long over, and in which nothing is left to do. */
  public Future<Nothing> hourDone(long hour) {
    return client.execute(deleteHour.bind(hour)).map(Nothing.NOTHING);
  }

  public static long hourOf(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), SECONDS_PER_HOUR);
  }
}
