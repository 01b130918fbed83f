package chat.jovial.contract.mds;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Request;
import chat.jovial.contract.Service;
import java.util.List;

/**
 * What the devices on one node are to be sent, in order. Acknowledged when it has been handed to
 * their connections; repeated until then, or until the sender gives up.
 *
 * @param stream where it comes from; the receiver takes each number of a stream once
 * @param number 1, 2, 3, ... along the stream
 */
public record Pushes(String stream, long number, List<Push> pushes) implements Request {
  /** What a sender puts into one message. */
  public static final int MAX_PUSHES = 256;

  public Pushes {
    Checks.checkPresent("stream", stream);
    pushes = Checks.checkList("pushes", pushes, MAX_PUSHES);
  }

  /** Where a node takes what its devices are to be sent. */
  public static String address(String node) {
    return Service.EDGE.address() + "." + node;
  }
}
