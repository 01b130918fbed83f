package chat.jovial.contract.ums;

import chat.jovial.contract.Reply;
import java.util.List;

public record FoundUsers(List<FoundUser> users) implements Reply {
  public FoundUsers {
    users = List.copyOf(users);
  }
}
