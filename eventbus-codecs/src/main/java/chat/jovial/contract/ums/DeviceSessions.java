package chat.jovial.contract.ums;

import chat.jovial.contract.Reply;
import java.util.List;

public record DeviceSessions(List<DeviceSession> sessions) implements Reply {
  public DeviceSessions {
    sessions = List.copyOf(sessions);
  }
}
