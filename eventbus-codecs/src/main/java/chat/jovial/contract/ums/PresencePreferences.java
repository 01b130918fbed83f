package chat.jovial.contract.ums;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.util.List;

/** One for each user asked for who exists in the app; the others are left out. */
@WireName("PresencePreferences")
public record PresencePreferences(List<PresencePreference> users) implements Reply {
  public PresencePreferences {
    users = List.copyOf(users);
  }
}
