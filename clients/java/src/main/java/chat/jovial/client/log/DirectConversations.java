package chat.jovial.client.log;

import org.jspecify.annotations.Nullable;

/** Ids of conversations between two users, which follow from theirs (docs/protocol.md). */
public final class DirectConversations {
  private static final String PREFIX = "d.";

  private DirectConversations() {}

  /** The conversation of two users, the same for both; with oneself it is a notepad. */
  public static String conversation(String userId, String otherId) {
    return userId.compareTo(otherId) <= 0
        ? PREFIX + userId + "." + otherId
        : PREFIX + otherId + "." + userId;
  }

  /** The other member, or null if this is no direct conversation of the user. */
  public static @Nullable String peer(String conversationId, String userId) {
    if (!conversationId.startsWith(PREFIX)) {
      return null;
    }
    String[] members = conversationId.substring(PREFIX.length()).split("\\.", -1);
    if (members.length != 2) {
      return null;
    }
    if (members[0].equals(userId)) {
      return members[1];
    }
    return members[1].equals(userId) ? members[0] : null;
  }
}
