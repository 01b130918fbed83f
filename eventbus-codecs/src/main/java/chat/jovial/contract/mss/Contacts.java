package chat.jovial.contract.mss;

import chat.jovial.contract.Reply;
import java.util.List;

public record Contacts(List<String> userIds) implements Reply {
  public Contacts {
    userIds = List.copyOf(userIds);
  }
}
