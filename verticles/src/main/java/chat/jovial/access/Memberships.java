package chat.jovial.access;

import chat.jovial.contract.Ids;
import io.vertx.core.Future;

/**
 * Who is in a conversation at this moment: the one place where the file store and the edge ask. The
 * members of a direct conversation are in its id, so nobody needs to be asked yet. Any thread.
 */
public final class Memberships {
  public Future<Boolean> isMember(String userId, String conversationId) {
    return Future.succeededFuture(Ids.peer(conversationId, userId) != null);
  }
}
