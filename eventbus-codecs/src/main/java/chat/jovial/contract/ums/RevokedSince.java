package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Request;
import java.time.Instant;

/** Asks for device sessions that ended at or after this time; the asker keeps some overlap. */
public record RevokedSince(Instant since) implements Request {
  public RevokedSince {
    Checks.checkPresent("since", since);
  }
}
