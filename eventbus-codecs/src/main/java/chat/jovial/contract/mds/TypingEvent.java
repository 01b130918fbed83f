package chat.jovial.contract.mds;

import chat.jovial.contract.ClientEvent;
import chat.jovial.contract.Doc;

/** Notice to the devices of the other members that one of them writes, or has stopped. */
public record TypingEvent(
    String event,
    String conversationId,
    String userId,
    @Doc("False when the member stopped.") boolean typing)
    implements ClientEvent {

  public static TypingEvent of(String conversationId, String userId, boolean typing) {
    return new TypingEvent("typing", conversationId, userId, typing);
  }
}
