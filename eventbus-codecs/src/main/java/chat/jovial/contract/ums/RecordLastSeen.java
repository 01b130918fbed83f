package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Request;
import java.time.Instant;
import java.util.List;

/** When users' last devices on a node went offline; an earlier time changes nothing. */
public record RecordLastSeen(List<Seen> users) implements Request {
  public static final int MAX_USERS = 1_000;

  public record Seen(String userId, Instant at) {}

  public RecordLastSeen {
    users = Checks.checkList("users", users, MAX_USERS);
  }
}
