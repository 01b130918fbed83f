package chat.jovial.ums;

import chat.jovial.bus.OperationHandlers;
import chat.jovial.contract.Caller;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.Service;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.ums.AppKey;
import chat.jovial.contract.ums.CheckUserExists;
import chat.jovial.contract.ums.IssueAppKey;
import chat.jovial.contract.ums.ListRevocations;
import chat.jovial.contract.ums.LogOut;
import chat.jovial.contract.ums.Revocations;
import chat.jovial.contract.ums.UserExists;
import chat.jovial.contract.ums.UserVerified;
import chat.jovial.contract.ums.VerifyUser;
import chat.jovial.ums.store.MongoErrors;
import chat.jovial.ums.token.Tokens;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Handler of all {@code ums.*} operations on the bus. */
public final class UmsVerticle extends VerticleBase {
  private static final UserVerified NOT_VALID = new UserVerified(false, null, null, null, null);

  private final Ums ums;

  public UmsVerticle(Ums ums) {
    this.ums = ums;
  }

  @Override
  public Future<?> start() {
    OperationHandlers handlers = new OperationHandlers(Service.UMS, MongoErrors::asClientError);
    handlers.on(
        UmsOperations.APP_REGISTER,
        (caller, request) -> ums.apps.register(request.name(), request.operatorKey()));
    handlers.on(UmsOperations.APP_VERIFY, (caller, request) -> ums.apps.verify(request.appKey()));
    handlers.on(UmsOperations.APP_KEY, this::appKey);
    handlers.on(UmsOperations.USER_REGISTER, (caller, request) -> ums.accounts.register(request));
    handlers.on(UmsOperations.USER_LOGIN, ums.accounts::login);
    handlers.on(UmsOperations.USER_TOKEN, (caller, request) -> ums.accounts.token(request));
    handlers.on(
        UmsOperations.USER_REFRESH,
        (caller, request) ->
            ums.sessions.refresh(request.refreshToken(), Boolean.TRUE.equals(request.retry())));
    handlers.on(UmsOperations.USER_LOGOUT, this::logout);
    handlers.on(UmsOperations.USER_SESSIONS, (caller, request) -> ums.sessions.list(caller));
    handlers.on(UmsOperations.USER_VERIFY, this::verifyUser);
    handlers.on(
        UmsOperations.USERS_FIND,
        (caller, request) -> {
          caller.requireUser();
          return ums.users.find(caller.requireApp(), request);
        });
    handlers.on(
        UmsOperations.ACCOUNT_GET, (caller, request) -> ums.details.get(caller, request.userId()));
    handlers.on(UmsOperations.ACCOUNT_UPDATE, ums.details::update);
    handlers.on(UmsOperations.USERS_PRESENCE, (caller, query) -> ums.details.presence(query));
    handlers.on(UmsOperations.USERS_SEEN, (caller, seen) -> ums.lastSeen.note(seen));
    handlers.on(UmsOperations.PUBLIC_KEYS, (caller, request) -> ums.keys.publicKeys());
    handlers.on(UmsOperations.REVOKED_SINCE, this::revokedSince);
    handlers.on(UmsOperations.USER_EXISTS, this::userExists);
    handlers.on(
        UmsOperations.SIGN_FILE_TOKEN, (caller, request) -> ums.tokens.signFileToken(request));
    handlers.checkComplete();
    return vertx.eventBus().<Call>consumer(Service.UMS.address(), handlers::handle).completion();
  }

  private Future<AppKey> appKey(Caller caller, IssueAppKey request) {
    return ums.apps
        .requireSecret(request.appId(), request.appSecret())
        .compose(app -> ums.tokens.signAppKey(app.appId(), app.secretVersion()))
        .map(AppKey::new);
  }

  private Future<Nothing> logout(Caller caller, LogOut request) {
    return ums.sessions.logout(caller, request.deviceId()).map(Nothing.NOTHING);
  }

  private Future<UserVerified> verifyUser(Caller caller, VerifyUser request) {
    return ums.tokens
        .verifyUserToken(request.userToken())
        .compose(
            claims ->
                ums.sessions
                    .isEnded(claims.sessionId())
                    .map(
                        ended ->
                            ended
                                ? NOT_VALID
                                : new UserVerified(
                                    true,
                                    claims.appId(),
                                    claims.userId(),
                                    claims.deviceId(),
                                    claims.expiresAt())))
        .recover(
            failure ->
                Tokens.isRefusal(failure)
                    ? Future.succeededFuture(NOT_VALID)
                    : Future.failedFuture(failure));
  }

  private Future<Revocations> revokedSince(Caller caller, ListRevocations request) {
    return ums.ended.since(request.since());
  }

  private Future<UserExists> userExists(Caller caller, CheckUserExists request) {
    return ums.users
        .findById(request.appId(), request.userId())
        .map(user -> new UserExists(user != null));
  }
}
