package chat.jovial.keys;

import chat.jovial.contract.JovialException;
import org.jspecify.annotations.Nullable;

/**
 * Scope of a data key: a user, a conversation or an app. Each piece of content is encrypted under
 * two: its place's and its sender's.
 */
public record KeyScope(String text) {
  private static final String USER = "user ";
  private static final String CONVERSATION = "conversation ";
  private static final String APP = "app ";

  public static KeyScope user(String userId) {
    return new KeyScope(USER + userId);
  }

  public static KeyScope conversation(String conversationId) {
    return new KeyScope(CONVERSATION + conversationId);
  }

  /** Of what belongs to no conversation. */
  public static KeyScope app(String appId) {
    return new KeyScope(APP + appId);
  }

  public static KeyScope place(String appId, @Nullable String conversationId) {
    return conversationId == null ? app(appId) : conversation(conversationId);
  }

  /** Refusal of reads and writes of what its destroyed key was for. */
  JovialException gone() {
    return JovialException.gone(
        text.startsWith(USER)
            ? "what this user wrote was erased for good, and nothing more can be written"
            : text.startsWith(CONVERSATION)
                ? "this conversation was erased for good, and nothing more can be written in it"
                : "what belongs to this app was erased for good");
  }
}
