package chat.jovial.contract.mss;

import chat.jovial.contract.Request;
import java.time.Instant;
import java.util.List;

/** Request to record for each member that the conversation had something new on that day. */
public record RecordActivity(String conversationId, List<String> userIds, Instant at)
    implements Request {
  public RecordActivity {
    userIds = List.copyOf(userIds);
  }
}
