package chat.jovial.fss.store;

import chat.jovial.contract.fss.CreateUpload;
import chat.jovial.contract.fss.FileInfo;
import chat.jovial.contract.fss.FilePlace;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Row of a file or of an upload.
 *
 * @param length announced bytes; null if it is not known yet
 * @param epoch of the present writer, or of the one that completed it
 * @param touchedAt when a writer last began, or when its state last changed
 * @param facts null until all of it is there, or if they were erased
 */
public record FileRow(
    String fileId,
    FilePlace place,
    @Nullable String name,
    String mimeType,
    @Nullable Long length,
    FileState state,
    long epoch,
    Instant createdAt,
    Instant touchedAt,
    @Nullable FileFacts facts) {

  private static final String DEFAULT_TYPE = "application/octet-stream";

  /**
   * @param name null if it has none, or it was erased
   * @param sha256 null until all of it is there, or if it was erased
   */
  static FileRow of(Row row, @Nullable String name, @Nullable String sha256) {
    Long size = row.get("size", Long.class);
    String mimeType = row.getString("mime_type");
    return new FileRow(
        row.getString("file_id"),
        placeOf(row),
        name,
        mimeType,
        row.get("length", Long.class),
        FileState.valueOf(row.getString("state")),
        row.getLong("epoch"),
        row.getInstant("created_at"),
        row.getInstant("touched_at"),
        size == null || sha256 == null
            ? null
            : new FileFacts(
                size,
                sha256,
                mimeType,
                row.get("width", Integer.class),
                row.get("height", Integer.class)));
  }

  static FilePlace placeOf(Row row) {
    return new FilePlace(
        row.getString("app_id"), row.getString("conversation_id"), row.getString("sender_id"));
  }

  /** An upload that begins. */
  public static FileRow begun(String fileId, CreateUpload request, Instant now) {
    String declared = request.mimeType();
    return new FileRow(
        fileId,
        request.place(),
        request.name(),
        declared == null ? DEFAULT_TYPE : declared,
        request.length(),
        FileState.OPEN,
        FileTable.epochAt(now),
        now,
        now,
        null);
  }

  public boolean isOf(String appId, String senderId) {
    return place.appId().equals(appId) && place.senderId().equals(senderId);
  }

  /** Null unless it is whole, and was neither refused nor deleted. */
  @Nullable
  public FileInfo info() {
    FileFacts known = facts;
    if (known == null || (state != FileState.COMPLETE && state != FileState.CHECKING)) {
      return null;
    }
    return new FileInfo(
        fileId,
        place.senderId(),
        place.conversationId(),
        name,
        known.mimeType(),
        known.size(),
        known.sha256(),
        createdAt,
        known.width(),
        known.height(),
        state == FileState.CHECKING ? Boolean.TRUE : null);
  }
}
