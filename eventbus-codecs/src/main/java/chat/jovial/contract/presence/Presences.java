package chat.jovial.contract.presence;

import chat.jovial.contract.Reply;
import java.util.List;

public record Presences(List<Presence> users) implements Reply {
  public Presences {
    users = List.copyOf(users);
  }
}
