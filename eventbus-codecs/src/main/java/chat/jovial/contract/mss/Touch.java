package chat.jovial.contract.mss;

import chat.jovial.contract.Request;
import java.time.Instant;
import java.util.List;

/** Notes for each member that the conversation had something new on that day. */
public record Touch(String conversationId, List<String> userIds, Instant at) implements Request {
  public Touch {
    userIds = List.copyOf(userIds);
  }
}
