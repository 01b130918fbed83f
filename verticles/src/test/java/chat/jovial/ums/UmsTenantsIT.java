package chat.jovial.ums;

import static chat.jovial.ums.UmsNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Caller;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.ums.AppRegistered;
import chat.jovial.contract.ums.CheckUserExists;
import chat.jovial.contract.ums.FindUsers;
import chat.jovial.contract.ums.ListRevocations;
import chat.jovial.contract.ums.LogIn;
import chat.jovial.contract.ums.LogOut;
import chat.jovial.contract.ums.LoggedIn;
import chat.jovial.contract.ums.SessionEnded;
import chat.jovial.ums.store.UmsSchema;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Apps do not reach each other, and users not what is for services. */
class UmsTenantsIT extends OnUmsNode {
  @Test
  void a_key_of_one_app_is_worth_nothing_in_another() {
    String ann = registerUser(app, "Ann");
    AppRegistered other = registerApp("Other");

    refused(ErrorCode.UNAUTHENTICATED, () -> login(other, "Ann"));
    refused(
        ErrorCode.UNAUTHENTICATED,
        () ->
            node.call(
                UmsOperations.USER_LOGIN,
                new LogIn(other.appKey(), null, ann, PASSWORD, null, null)));
  }

  @Test
  void what_users_may_do_needs_a_user() {
    Caller nobody = Caller.anyone(null, null);
    refused(
        ErrorCode.UNAUTHENTICATED,
        () -> node.call(UmsOperations.USER_LOGOUT, nobody, new LogOut(null)));
    refused(
        ErrorCode.UNAUTHENTICATED,
        () -> node.call(UmsOperations.USER_SESSIONS, nobody, Nothing.NOTHING));
    refused(
        ErrorCode.UNAUTHENTICATED,
        () -> node.call(UmsOperations.USERS_FIND, nobody, new FindUsers("x", null, null, null)));
  }

  @Test
  void what_services_may_do_needs_a_service() {
    registerUser(app, "Ann");
    Caller user = callerOf(app, login(app, "Ann"));
    refused(ErrorCode.FORBIDDEN, () -> node.call(UmsOperations.PUBLIC_KEYS, user, Nothing.NOTHING));
    refused(
        ErrorCode.FORBIDDEN,
        () -> node.call(UmsOperations.REVOKED_SINCE, user, new ListRevocations(clock.instant())));
    refused(
        ErrorCode.FORBIDDEN,
        () -> node.call(UmsOperations.USER_EXISTS, user, new CheckUserExists(app.appId(), "x")));
  }

  @Test
  void what_has_expired_is_removed_and_nothing_else() {
    registerUser(app, "Ann");
    LoggedIn in = login(app, "Ann");
    node.call(UmsOperations.USER_LOGOUT, callerOf(app, in), new LogOut(null));
    LoggedIn alive = login(app, "Ann");

    clock.advance(Duration.ofHours(2));
    await(UmsSchema.purge(node.mongo, clock.instant()));

    assertThat(revokedSince(Instant.EPOCH))
        .extracting(SessionEnded::sessionId)
        .doesNotContain(sessionOf(in));
    assertThat(refresh(alive).userId()).isEqualTo(in.userId());
  }
}
