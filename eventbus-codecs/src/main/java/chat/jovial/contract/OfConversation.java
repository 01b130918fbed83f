package chat.jovial.contract;

/** A request that goes to the owner of a conversation. */
public interface OfConversation {
  /** The conversation meant; for a direct one it follows from who calls. */
  String conversationOf(Caller caller);
}
