package chat.jovial.contract.mss;

import chat.jovial.contract.Request;

/**
 * Sets or clears the hidden flag of a range; cleared when no text is left in it.
 *
 * @param epoch the caller's write timestamp
 * @param ends whether it is cleared
 */
public record HideRange(String conversationId, HiddenRange range, long epoch, boolean ends)
    implements Request {
  public static HideRange begin(String conversationId, HiddenRange range, long epoch) {
    return new HideRange(conversationId, range, epoch, false);
  }

  public static HideRange end(String conversationId, HiddenRange range, long epoch) {
    return new HideRange(conversationId, range, epoch, true);
  }
}
