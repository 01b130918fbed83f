package chat.jovial.contract.mss;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Request;
import java.util.List;

/** Request for which of the others share a direct conversation with a user. */
public record ListContacts(String userId, List<String> otherIds) implements Request {
  public static final int MAX_USERS = 200;

  public ListContacts {
    Checks.checkPresent("user_id", userId);
    otherIds = Checks.checkList("other_ids", otherIds, MAX_USERS);
  }
}
