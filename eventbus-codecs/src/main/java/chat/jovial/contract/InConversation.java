package chat.jovial.contract;

/** A request that names its conversation. */
public interface InConversation extends OfConversation {
  String conversationId();

  @Override
  default String conversationOf(Caller caller) {
    return conversationId();
  }
}
