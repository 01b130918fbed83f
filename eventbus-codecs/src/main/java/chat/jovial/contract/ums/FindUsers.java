package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Exactly one of the three ways to look for people. */
public record FindUsers(
    @Doc("The whole username.") @Nullable String username,
    @Doc("The beginning of a username; at least one character.") @Nullable String query,
    @Doc("At most 100 ids.") @Nullable List<String> userIds,
    @Doc("1 to 100; 20 if not given.") @Nullable Integer limit)
    implements Request {
  public static final int MAX_LIMIT = 100;
  private static final int DEFAULT_LIMIT = 20;

  public FindUsers {
    Checks.checkOptionalText("username", username, 64);
    Checks.checkOptionalText("query", query, 64);
    userIds = userIds == null ? null : Checks.checkList("user_ids", userIds, MAX_LIMIT);
    int given = (username == null ? 0 : 1) + (query == null ? 0 : 1) + (userIds == null ? 0 : 1);
    if (given != 1) {
      throw JovialException.invalid("give one of username, query and user_ids");
    }
    limit = limit == null ? DEFAULT_LIMIT : (int) Checks.checkRange("limit", limit, 1, MAX_LIMIT);
  }
}
