package chat.jovial.contract.mds;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.Request;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

public record ListMessages(
    @Doc("Only messages stored at or after this time.") @Nullable Instant since,
    @Doc("Only this conversation.") @Nullable String conversationId,
    @Doc("1 to 200; 50 if not given.") @Nullable Integer limit,
    @Doc("From the page before; opaque.") @Nullable String cursor)
    implements Request {
  public static final int MAX_LIMIT = 200;
  private static final int DEFAULT_LIMIT = 50;

  public ListMessages {
    Checks.checkOptionalText("conversation_id", conversationId, Ids.MAX_LENGTH);
    limit = limit == null ? DEFAULT_LIMIT : (int) Checks.checkRange("limit", limit, 1, MAX_LIMIT);
    Checks.checkOptionalText("cursor", cursor, 512);
  }
}
