package chat.jovial.contract.presence;

import chat.jovial.contract.Broadcast;
import chat.jovial.contract.WireName;
import java.util.List;

/** Users whose first device came to a node, or whose last one left it: a hint to look. */
@WireName("PresenceMoved")
public record PresenceChanged(List<String> userIds) implements Broadcast {
  public PresenceChanged {
    userIds = List.copyOf(userIds);
  }
}
