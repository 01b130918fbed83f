package chat.jovial.contract.ums;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.util.List;

@WireName("FoundUsers")
public record FoundUsers(List<FoundUser> users) implements Reply {
  public FoundUsers {
    users = List.copyOf(users);
  }
}
