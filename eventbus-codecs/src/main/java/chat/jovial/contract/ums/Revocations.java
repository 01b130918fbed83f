package chat.jovial.contract.ums;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.time.Instant;
import java.util.List;

/**
 * Device sessions that ended; as long as a token of theirs may live, edges refuse it.
 *
 * @param asOf the time to ask from next
 */
@WireName("Revocations")
public record Revocations(List<SessionEnded> sessions, Instant asOf) implements Reply {
  public Revocations {
    sessions = List.copyOf(sessions);
  }
}
