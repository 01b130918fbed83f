package chat.jovial.keys;

import org.jspecify.annotations.Nullable;

/** Whose content a key is for. Each piece of content is under two: its place's and its sender's. */
public record KeyScope(String text) {
  public static KeyScope user(String userId) {
    return new KeyScope("user " + userId);
  }

  public static KeyScope conversation(String conversationId) {
    return new KeyScope("conversation " + conversationId);
  }

  /** Of what belongs to no conversation. */
  public static KeyScope app(String appId) {
    return new KeyScope("app " + appId);
  }

  public static KeyScope place(String appId, @Nullable String conversationId) {
    return conversationId == null ? app(appId) : conversation(conversationId);
  }
}
