package chat.jovial.contract.mss;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.NamesConversation;
import chat.jovial.contract.Request;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** At most one of {@code after}, {@code before} and {@code from}; none means the newest entries. */
public record ReadHistory(
    String conversationId,
    @Doc("Entries above this seq, from the lowest; 0 starts at the beginning.")
        @Nullable Long after,
    @Doc("Entries below this seq, from the highest.") @Nullable Long before,
    @Doc("Entries stored at or after this time.") @Nullable Instant from,
    @Doc("1 to 200; 50 if not given.") @Nullable Integer limit)
    implements Request, NamesConversation {
  public static final int MAX_LIMIT = 200;
  private static final int DEFAULT_LIMIT = 50;

  public ReadHistory {
    Checks.checkText("conversation_id", conversationId, Ids.MAX_LENGTH);
    int given = (after == null ? 0 : 1) + (before == null ? 0 : 1) + (from == null ? 0 : 1);
    if (given > 1) {
      throw JovialException.invalid("give at most one of after, before and from");
    }
    if (after != null) {
      Checks.checkRange("after", after, 0, Long.MAX_VALUE - 1);
    }
    Checks.checkOptionalSeq("before", before);
    limit = limit == null ? DEFAULT_LIMIT : (int) Checks.checkRange("limit", limit, 1, MAX_LIMIT);
  }
}
