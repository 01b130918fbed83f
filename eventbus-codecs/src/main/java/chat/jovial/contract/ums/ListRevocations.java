package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Request;
import java.time.Instant;

/** Asks for device sessions that ended at or after this time; the asker keeps some overlap. */
public record ListRevocations(Instant since) implements Request {
  public ListRevocations {
    Checks.checkPresent("since", since);
  }
}
