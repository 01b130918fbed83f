package chat.jovial.contract.mss;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.util.List;

@WireName("Contacts")
public record Contacts(List<String> userIds) implements Reply {
  public Contacts {
    userIds = List.copyOf(userIds);
  }
}
