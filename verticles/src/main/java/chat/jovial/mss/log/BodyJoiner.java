package chat.jovial.mss.log;

import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Removal;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Join of entries with what became of their bodies. A body whose key was destroyed is there and
 * cannot be read: it is removed, as one that was redacted, and never a gap. What cannot be read for
 * another reason fails, for taking it for removed could make it so.
 */
final class BodyJoiner {
  private final BodyCipher cipher;

  BodyJoiner(BodyCipher cipher) {
    this.cipher = cipher;
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
    Set<String> senders = new HashSet<>();
    for (Row row : rows) {
      Row body = bodyBySeq.get(row.getLong("seq"));
      if (body != null && removalOf(row, body) == null && isSealed(row, body)) {
        senders.add(senderOf(row));
      }
    }
    return cipher
        .toRead(conversationId, senders)
        .map(
            keys -> {
              List<LogRow> joined = new ArrayList<>(rows.size());
              for (Row row : rows) {
                joined.add(join(conversationId, row, bodyBySeq.get(row.getLong("seq")), keys));
              }
              return joined;
            });
  }

  private static LogRow join(
      String conversationId, Row row, @Nullable Row body, BodyCipher.Keys keys) {
    if (body == null) {
      return LogRow.of(conversationId, row, null, null);
    }
    // Where there is a tombstone, there is no text, whatever a column says.
    String removed = removalOf(row, body);
    if (removed != null) {
      return LogRow.of(conversationId, row, null, removed);
    }
    if (!isSealed(row, body)) {
      String json = body.getString("body");
      return LogRow.of(conversationId, row, json == null ? null : Body.ofStored(json), null);
    }
    String sender = senderOf(row);
    if (keys.isDestroyed(sender)) {
      return LogRow.of(conversationId, row, null, Removal.ERASED);
    }
    ByteBuffer sealed = body.getByteBuffer("sealed");
    // A release before this one stored texts as they are; erasing the key hides those, too.
    Body text =
        sealed == null
            ? Body.ofStored(Objects.requireNonNull(body.getString("body")))
            : keys.open(sender, row.getLong("seq"), sealed);
    return LogRow.of(conversationId, row, text, null);
  }

  /** Whether its body can be read with the sender's key only. */
  private static boolean isSealed(Row row, Row body) {
    return !body.isNull("sealed") || BodyCipher.isSealed(row.getString("kind"));
  }

  private static String senderOf(Row row) {
    return String.valueOf(row.getString("sender_id"));
  }

  /** Why the text of a row that is there is gone; null if it is not. */
  private static @Nullable String removalOf(Row row, Row body) {
    String tombstone = body.getString("removed");
    if (tombstone != null) {
      return tombstone;
    }
    if (body.isNull("body") && body.isNull("sealed")) {
      return Removal.EXPIRED;
    }
    return HiddenRanges.hide(row, body) ? Removal.DELETED : null;
  }
}
