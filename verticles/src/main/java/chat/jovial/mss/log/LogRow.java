package chat.jovial.mss.log;

import chat.jovial.contract.Ids;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.RedactedRange;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entry with what only the store and the owner need to know of it.
 *
 * @param committedSeqWhenWritten the committed seq when it was written
 * @param epoch its write timestamp
 */
public record LogRow(Entry entry, long committedSeqWhenWritten, long epoch) {

  /**
   * A row of the entries table; what became of the body is in another table.
   *
   * @param removed why the body is gone, if it was removed
   */
  static LogRow of(String conversationId, Row row, @Nullable Body body, @Nullable String removed) {
    String sender = row.getString("sender_id");
    Entry entry =
        new Entry(
            conversationId,
            row.getLong("seq"),
            sender,
            Ids.peer(conversationId, sender),
            row.getString("device_id"),
            row.getString("client_id"),
            row.getInstant("sent_at"),
            row.getInstant("stored_at"),
            row.getString("kind"),
            body == null && !row.isNull("upto")
                ? RedactedRange.bodyUpto(row.getLong("upto"))
                : body,
            row.isNull("reply_to") ? null : row.getLong("reply_to"),
            row.getInstant("expires_at"),
            row.isNull("target") ? null : row.getLong("target"),
            removed);
    return new LogRow(entry, row.getLong("base"), row.getLong("epoch"));
  }

  public static List<Entry> entries(List<LogRow> rows) {
    return rows.stream().map(LogRow::entry).toList();
  }

  public long seq() {
    return entry.seq();
  }
}
