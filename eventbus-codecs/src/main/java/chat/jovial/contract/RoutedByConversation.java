package chat.jovial.contract;

/** A request that goes to the owner of a conversation. */
public interface RoutedByConversation {
  /** The conversation meant; for a direct one it follows from who calls. */
  String conversationOf(Caller caller);

  /** Whether it does no harm to do it twice; then it is sent again when its owner is lost. */
  default boolean mayBeRepeated() {
    return true;
  }
}
