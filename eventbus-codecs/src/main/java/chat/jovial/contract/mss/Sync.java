package chat.jovial.contract.mss;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Request;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request for what has changed in all of the caller's conversations. */
public record Sync(
    @Doc("From the sync before; opaque. None asks for all conversations.") @Nullable String cursor,
    @Doc("By conversation_id the highest seq up to which the client has entries; at most 500.")
        @Nullable Map<String, Long> have,
    @Doc("Entries in a page: 1 to 500; 200 if not given.") @Nullable Integer limit)
    implements Request {
  public static final int MAX_LIMIT = 500;
  private static final int DEFAULT_LIMIT = 200;
  private static final int MAX_HAVE = 500;
  private static final int MAX_CURSOR_CHARACTERS = 512;

  public Sync {
    Checks.checkOptionalText("cursor", cursor, MAX_CURSOR_CHARACTERS);
    have = have == null ? Map.of() : checkHave(have);
    limit = limit == null ? DEFAULT_LIMIT : (int) Checks.checkRange("limit", limit, 1, MAX_LIMIT);
  }

  private static Map<String, Long> checkHave(Map<String, Long> have) {
    if (have.size() > MAX_HAVE) {
      throw JovialException.invalid(
          "have must name at most " + MAX_HAVE + " conversations, but has " + have.size());
    }
    have.forEach(
        (conversationId, seq) -> {
          Checks.checkText("have", conversationId, Ids.MAX_LENGTH);
          Checks.checkRange(
              "have." + conversationId,
              Checks.checkPresent("have." + conversationId, seq),
              0,
              Long.MAX_VALUE - 1);
        });
    return Map.copyOf(have);
  }
}
