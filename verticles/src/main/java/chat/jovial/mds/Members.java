package chat.jovial.mds;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import java.util.List;

/** Who is in a conversation; the id of a direct one tells. */
final class Members {
  private Members() {}

  static List<String> of(String conversationId) {
    String first = conversationId.substring(2, conversationId.indexOf('.', 2));
    String second = Ids.peer(conversationId, first);
    return second == null || second.equals(first) ? List.of(first) : List.of(first, second);
  }

  static List<String> othersThan(String userId, String conversationId) {
    return of(conversationId).stream().filter(member -> !member.equals(userId)).toList();
  }

  /** Refuses those who are not in the conversation. */
  static void check(Caller caller, String conversationId) {
    if (!Ids.isDirect(conversationId)) {
      throw JovialException.notFound("there is no conversation " + conversationId);
    }
    if (Ids.peer(conversationId, caller.requireUser()) == null) {
      throw JovialException.forbidden("you are not a member of " + conversationId);
    }
  }
}
