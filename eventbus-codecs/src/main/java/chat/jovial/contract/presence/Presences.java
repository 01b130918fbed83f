package chat.jovial.contract.presence;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.util.List;

@WireName("Presences")
public record Presences(List<Presence> users) implements Reply {
  public Presences {
    users = List.copyOf(users);
  }
}
