package chat.jovial.contract.fss;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whom a file_token lets read; exactly one of these. */
public record FileGrant(
    @Doc("These users of the app, at most 256.") @Nullable List<String> userIds,
    @Doc("Whoever is a member of it when they read.") @Nullable String conversationId,
    @Doc("Whoever is a member of it when they read.") @Nullable String spaceId,
    @Doc("True: every user of the app.") @Nullable Boolean app) {
  /** A token that names so many still fits into the line of a request. */
  private static final int MAX_USERS = 256;

  public FileGrant {
    if (Stream.of(userIds, conversationId, spaceId, app).filter(Objects::nonNull).count() != 1) {
      throw JovialException.invalid(
          "grant must have exactly one of user_ids, conversation_id, space_id and app");
    }
    if (userIds != null) {
      userIds = Checks.checkList("grant.user_ids", userIds, MAX_USERS);
      if (userIds.isEmpty()) {
        throw JovialException.invalid("grant.user_ids must not be empty");
      }
      for (String userId : userIds) {
        if (!Ids.isAssigned(userId)) {
          throw JovialException.invalid("grant.user_ids must be ids of users");
        }
      }
    }
    Checks.checkOptionalText("grant.conversation_id", conversationId, Ids.MAX_LENGTH);
    Checks.checkOptionalText("grant.space_id", spaceId, Ids.MAX_LENGTH);
    if (Boolean.FALSE.equals(app)) {
      throw JovialException.invalid("grant.app must be true if it is given");
    }
  }
}
