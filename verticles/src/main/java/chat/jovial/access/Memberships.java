package chat.jovial.access;

import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import io.vertx.core.Future;
import java.util.List;

/**
 * Membership of conversations at this moment: the one class that knows which kinds of conversation
 * there are, who is in them, and how the others are refused. The members of a direct conversation
 * are in its id, so nobody needs to be asked yet. Any thread.
 */
public final class Memberships {
  /** Refuses a user who is not in the conversation, and everybody where there is none. */
  public Future<Void> check(String userId, String conversationId) {
    if (!isConversation(conversationId)) {
      return Future.failedFuture(
          JovialException.notFound("there is no conversation " + conversationId));
    }
    return isMember(userId, conversationId)
        .compose(
            member ->
                member
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        JovialException.forbidden("you are not a member of " + conversationId)));
  }

  public Future<Boolean> isMember(String userId, String conversationId) {
    return Future.succeededFuture(Ids.peer(conversationId, userId) != null);
  }

  /** Whether the id is one of a kind of conversation that this release knows. */
  public boolean isConversation(String conversationId) {
    return Ids.isDirect(conversationId);
  }

  /** Those whose devices receive what is published in the conversation. */
  public List<String> membersOf(String conversationId) {
    String first = conversationId.substring(2, conversationId.indexOf('.', 2));
    String second = Ids.peer(conversationId, first);
    return second == null || second.equals(first) ? List.of(first) : List.of(first, second);
  }

  public List<String> othersThan(String userId, String conversationId) {
    return membersOf(conversationId).stream().filter(member -> !member.equals(userId)).toList();
  }
}
