package chat.jovial.contract;

import org.jspecify.annotations.Nullable;

/** A request that stores an entry, known by an id that the client chose if it gives one. */
public interface HasClientId extends RoutedByConversation {
  @Nullable String clientId();

  /** Without an id of its own, done twice is two entries. */
  @Override
  default boolean mayBeRepeated() {
    return clientId() != null;
  }
}
