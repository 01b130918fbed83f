package chat.jovial.contract;

/** A request that names its conversation. */
public interface NamesConversation extends RoutedByConversation {
  String conversationId();

  @Override
  default String conversationOf(Caller caller) {
    return conversationId();
  }
}
