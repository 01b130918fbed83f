package chat.jovial.contract.mss;

import chat.jovial.contract.Request;
import java.util.List;

/**
 * Request to record at each target which entry is going to change it. Acknowledged before that
 * entry's group is sent, so a row is never missing; it counts only if the entry at its seq names
 * the target.
 *
 * @param epoch the write timestamp, microseconds
 */
public record IndexModifiers(String conversationId, long epoch, List<Hint> hints)
    implements Request {
  public IndexModifiers {
    hints = List.copyOf(hints);
  }

  /**
   * Row of the index: the entry at {@code seq}, of that kind, changes the one at {@code target}.
   */
  public record Hint(long target, String kind, long seq) {}
}
