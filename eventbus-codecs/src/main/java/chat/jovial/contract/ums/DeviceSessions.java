package chat.jovial.contract.ums;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.util.List;

@WireName("DeviceSessions")
public record DeviceSessions(List<DeviceSession> sessions) implements Reply {
  public DeviceSessions {
    sessions = List.copyOf(sessions);
  }
}
