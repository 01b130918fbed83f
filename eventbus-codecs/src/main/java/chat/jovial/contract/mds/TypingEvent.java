package chat.jovial.contract.mds;

/** Tells the devices of the other members that one of them writes, or has stopped. */
public record TypingEvent(String event, String conversationId, String userId, boolean typing) {

  public static TypingEvent of(String conversationId, String userId, boolean typing) {
    return new TypingEvent("typing", conversationId, userId, typing);
  }
}
