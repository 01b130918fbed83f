package chat.jovial.client.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Record of what a device knows of a conversation beside its entries.
 *
 * @param base up to here the entries were history when the device first heard of the conversation
 * @param upto from {@code base} to here all is held and was shown
 * @param lastSeq the newest entry known of
 * @param readUpto up to where this user has read, told to the server or not
 * @param unread as the server counted when the log ended at {@code unreadAt}, and since
 * @param acked the watermarks of this user that the server is known to have stored
 * @param members the watermarks of the others, by user
 * @param deleted ranges whose texts were deleted as a whole
 */
public record ConversationRecord(
    String conversationId,
    @Nullable String userId,
    long base,
    long upto,
    long lastSeq,
    @Nullable Instant lastStoredAt,
    long readUpto,
    int unread,
    long unreadAt,
    Watermark acked,
    Map<String, Watermark> members,
    List<Range> deleted) {

  /** Up to where a member's devices hold the conversation, and up to where it was read. */
  public record Watermark(long delivered, long read) {
    public static final Watermark NONE = new Watermark(0, 0);

    /** The higher of each; reading includes delivery. */
    public Watermark max(Watermark other) {
      long highestRead = Math.max(read, other.read);
      return new Watermark(
          Math.max(highestRead, Math.max(delivered, other.delivered)), highestRead);
    }
  }

  public ConversationRecord {
    members = Map.copyOf(members);
    deleted = List.copyOf(deleted);
  }
}
