package chat.jovial.contract.presence;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.Request;
import java.util.List;

public record WatchPresence(
    @Doc("At most 200; they replace those that this connection watched before.")
        List<String> userIds)
    implements Request {
  public static final int MAX_USERS = 200;

  public WatchPresence {
    userIds = Checks.checkList("user_ids", userIds, MAX_USERS).stream().distinct().toList();
    userIds.forEach(userId -> Checks.checkText("user_ids", userId, Ids.MAX_LENGTH));
  }
}
