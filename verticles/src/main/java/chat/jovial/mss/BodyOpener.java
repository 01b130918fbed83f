package chat.jovial.mss;

import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.Removal;
import chat.jovial.keys.BodyKey;
import chat.jovial.keys.DataKeys;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins entries with what became of their bodies, and opens those. A body whose key was destroyed
 * is there and cannot be read: it is removed, as one that was redacted, and never a gap. What
 * cannot be read for another reason fails, for taking it for removed could make it so.
 */
final class BodyOpener {
  private final DataKeys keys;

  BodyOpener(DataKeys keys) {
    this.keys = keys;
  }

  /**
   * @param rows of the entries table, in the order of the result
   * @param bodies of the bodies table, some or all of theirs
   */
  Future<List<LogRow>> join(String conversationId, List<Row> rows, List<Row> bodies) {
    Map<Long, Row> bodyBySeq = new HashMap<>();
    for (Row body : bodies) {
      bodyBySeq.put(body.getLong("seq"), body);
    }
    return keysOf(conversationId, rows, bodyBySeq)
        .map(
            keyBySender -> {
              List<LogRow> joined = new ArrayList<>(rows.size());
              for (Row row : rows) {
                joined.add(
                    join(conversationId, row, bodyBySeq.get(row.getLong("seq")), keyBySender));
              }
              return joined;
            });
  }

  /** By sender, of those whose texts are to be read; nearly always in memory. */
  private Future<Map<String, BodyKey>> keysOf(
      String conversationId, List<Row> rows, Map<Long, Row> bodyBySeq) {
    Map<String, Future<BodyKey>> keyBySender = new HashMap<>();
    for (Row row : rows) {
      Row body = bodyBySeq.get(row.getLong("seq"));
      if (body != null && isSecret(row) && removalOf(row, body) == null) {
        keyBySender.computeIfAbsent(
            String.valueOf(row.getString("sender_id")),
            senderId -> keys.toReadBodies(conversationId, senderId));
      }
    }
    if (keyBySender.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return Future.all(List.copyOf(keyBySender.values()))
        .map(
            all -> {
              Map<String, BodyKey> found = new HashMap<>();
              keyBySender.forEach((senderId, key) -> found.put(senderId, key.result()));
              return found;
            });
  }

  private static LogRow join(
      String conversationId, Row row, @Nullable Row body, Map<String, BodyKey> keyBySender) {
    if (body == null) {
      return LogRow.of(conversationId, row, null, null);
    }
    // Where there is a mark, there is no text, whatever a column says.
    String removed = removalOf(row, body);
    if (removed != null) {
      return LogRow.of(conversationId, row, null, removed);
    }
    BodyKey key = isSecret(row) ? keyBySender.get(row.getString("sender_id")) : null;
    if (key != null && key.isDestroyed()) {
      return LogRow.of(conversationId, row, null, Removal.ERASED);
    }
    ByteBuffer sealed = body.getByteBuffer("sealed");
    // A release before this one stored texts as they are.
    String json =
        sealed == null || key == null
            ? body.getString("body")
            : key.open(row.getLong("seq"), sealed);
    return LogRow.of(conversationId, row, json == null ? null : Body.ofStored(json), null);
  }

  /** Whether its body says what somebody wrote; see {@link LogWriter#isSealed}. */
  private static boolean isSecret(Row row) {
    return !Kind.REDACTION.equals(row.getString("kind"));
  }

  /** Why the text of a row that is there is gone; null if it is not. */
  private static @Nullable String removalOf(Row row, Row body) {
    String mark = body.getString("removed");
    if (mark != null) {
      return mark;
    }
    if (body.isNull("body") && body.isNull("sealed")) {
      return Removal.EXPIRED;
    }
    return HiddenRanges.hide(row, body) ? Removal.DELETED : null;
  }
}
