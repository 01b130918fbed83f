package chat.jovial.contract.mds;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Request;
import chat.jovial.contract.Service;
import java.util.List;

/**
 * Batch of pushes to one node, in order. Acknowledged when it has been forwarded to the
 * connections; retried until then, or until the sender gives up.
 *
 * @param stream where it comes from; the receiver applies each number of a stream once
 * @param number 1, 2, 3, ... along the stream
 */
public record Pushes(String stream, long number, List<Push> pushes) implements Request {
  /** What a sender puts into one message. */
  public static final int MAX_PUSHES = 256;

  public Pushes {
    Checks.checkPresent("stream", stream);
    pushes = Checks.checkList("pushes", pushes, MAX_PUSHES);
  }

  /** Address at which a node receives pushes. */
  public static String address(String node) {
    return Service.EDGE.address() + "." + node;
  }
}
