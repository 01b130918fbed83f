package chat.jovial.fss;

import chat.jovial.contract.fss.FileInfo;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the store knows of a file.
 *
 * @param length announced bytes; null if it is not known yet
 * @param epoch of the present writer, or of the one that completed it
 * @param touchedAt when a writer last began
 * @param size null until it is complete
 */
record FileRow(
    String fileId,
    String appId,
    String senderId,
    @Nullable String conversationId,
    @Nullable String name,
    String mimeType,
    @Nullable Long length,
    FileState state,
    long epoch,
    Instant createdAt,
    Instant touchedAt,
    @Nullable Long size,
    @Nullable String sha256) {

  static final String COLUMNS =
      "file_id, app_id, sender_id, conversation_id, name, mime_type, length, state, epoch,"
          + " created_at, touched_at, size, sha256";

  static FileRow of(Row row) {
    return new FileRow(
        row.getString("file_id"),
        row.getString("app_id"),
        row.getString("sender_id"),
        row.getString("conversation_id"),
        row.getString("name"),
        row.getString("mime_type"),
        row.get("length", Long.class),
        FileState.valueOf(row.getString("state")),
        row.getLong("epoch"),
        row.getInstant("created_at"),
        row.getInstant("touched_at"),
        row.get("size", Long.class),
        row.getString("sha256"));
  }

  /** Null unless it is complete. */
  @Nullable FileInfo info() {
    return state != FileState.COMPLETE || size == null || sha256 == null
        ? null
        : new FileInfo(fileId, senderId, conversationId, name, mimeType, size, sha256, createdAt);
  }
}
