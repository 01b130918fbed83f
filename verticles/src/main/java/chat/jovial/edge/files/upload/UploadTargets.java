package chat.jovial.edge.files.upload;

import chat.jovial.access.Memberships;
import chat.jovial.contract.Caller;
import chat.jovial.contract.Checks;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.fss.FilePlace;
import chat.jovial.contract.ums.CheckUserExists;
import chat.jovial.edge.files.FileAccessGateway;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Resolver of where an upload belongs, by what its uploader says. */
public final class UploadTargets {
  private final FileAccessGateway gateway;
  private final Memberships memberships;

  public UploadTargets(FileAccessGateway gateway, Memberships memberships) {
    this.gateway = gateway;
    this.memberships = memberships;
  }

  /**
   * Checks that the uploader is in the conversation.
   *
   * @param conversationId or
   * @param userId the other one of a direct conversation; with neither the file is in none
   */
  Future<FilePlace> of(Caller caller, @Nullable String conversationId, @Nullable String userId) {
    Checks.checkOptionalText("conversation_id", conversationId, Ids.MAX_LENGTH);
    Checks.checkOptionalText("user_id", userId, Ids.MAX_LENGTH);
    if (conversationId != null && userId != null) {
      throw JovialException.invalid("give conversation_id or user_id, not both");
    }
    if (userId != null) {
      return direct(caller, userId);
    }
    FilePlace place = place(caller, conversationId);
    return conversationId == null
        ? Future.succeededFuture(place)
        : memberships
            .isMember(caller.requireUser(), conversationId)
            .compose(
                member ->
                    member
                        ? Future.succeededFuture(place)
                        : Future.failedFuture(
                            JovialException.forbidden(
                                "you are not a member of a conversation " + conversationId)));
  }

  private Future<FilePlace> direct(Caller caller, String userId) {
    return gateway
        .ask(UmsOperations.USER_EXISTS, new CheckUserExists(caller.requireApp(), userId))
        .map(
            user -> {
              if (!user.exists()) {
                throw JovialException.notFound("there is no user " + userId);
              }
              return place(caller, Ids.directConversation(caller.requireUser(), userId));
            });
  }

  private static FilePlace place(Caller caller, @Nullable String conversationId) {
    return new FilePlace(caller.requireApp(), conversationId, caller.requireUser());
  }
}
