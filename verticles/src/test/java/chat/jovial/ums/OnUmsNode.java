package chat.jovial.ums;

import static chat.jovial.ums.UmsNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.ums.AppRegistered;
import chat.jovial.contract.ums.CheckUserExists;
import chat.jovial.contract.ums.DeviceSession;
import chat.jovial.contract.ums.FindUsers;
import chat.jovial.contract.ums.FoundUser;
import chat.jovial.contract.ums.IssueUserToken;
import chat.jovial.contract.ums.ListRevocations;
import chat.jovial.contract.ums.LogIn;
import chat.jovial.contract.ums.LoggedIn;
import chat.jovial.contract.ums.Profile;
import chat.jovial.contract.ums.Refresh;
import chat.jovial.contract.ums.RegisterApp;
import chat.jovial.contract.ums.RegisterUser;
import chat.jovial.contract.ums.SessionEnded;
import chat.jovial.contract.ums.UserVerified;
import chat.jovial.contract.ums.VerifyApp;
import chat.jovial.contract.ums.VerifyUser;
import chat.jovial.stores.StoresExtension;
import chat.jovial.ums.password.BoundedWorkers;
import chat.jovial.ums.token.SigningKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of ums operations over the bus, on the embedded MongoDB server. */
abstract class OnUmsNode {
  static final String PASSWORD = "correct horse";

  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  final MovableClock clock = new MovableClock();
  UmsNode node;
  AppRegistered app;

  @BeforeEach
  void startNode() {
    node = new UmsNode(STORES, clock, Map.of());
    app = registerApp("Jovial");
  }

  @AfterEach
  void stopNode() {
    node.close();
  }

  AppRegistered registerApp(String name) {
    return node.call(UmsOperations.APP_REGISTER, new RegisterApp(name, null));
  }

  String registerUser(AppRegistered of, @Nullable String username) {
    return node.call(
            UmsOperations.USER_REGISTER, new RegisterUser(of.appKey(), PASSWORD, username, null))
        .userId();
  }

  LoggedIn login(AppRegistered of, String username) {
    return login(of, username, null);
  }

  LoggedIn login(AppRegistered of, String username, @Nullable String deviceId) {
    return node.call(
        UmsOperations.USER_LOGIN, new LogIn(of.appKey(), username, null, PASSWORD, deviceId, null));
  }

  LoggedIn token(AppRegistered of, String externalId, @Nullable Profile profile) {
    return node.call(
        UmsOperations.USER_TOKEN,
        new IssueUserToken(of.appId(), of.appSecret(), externalId, profile));
  }

  LoggedIn refresh(LoggedIn in) {
    return refresh(in, null);
  }

  LoggedIn refresh(LoggedIn in, @Nullable Boolean retry) {
    return node.call(UmsOperations.USER_REFRESH, new Refresh(in.refreshToken(), retry));
  }

  List<Future<LoggedIn>> refreshMany(LoggedIn in, @Nullable Boolean retry) {
    List<Future<LoggedIn>> all =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    node.send(
                        UmsOperations.USER_REFRESH,
                        Caller.anyone(null, null),
                        new Refresh(in.refreshToken(), retry)))
            .toList();
    await(Future.join(all).otherwiseEmpty());
    return all;
  }

  UserVerified verify(LoggedIn in) {
    return node.call(UmsOperations.USER_VERIFY, new VerifyUser(in.userToken()));
  }

  boolean isUserToken(String token) {
    return node.call(UmsOperations.USER_VERIFY, new VerifyUser(token)).valid();
  }

  boolean isAppKey(String token) {
    return node.call(UmsOperations.APP_VERIFY, new VerifyApp(token)).valid();
  }

  List<FoundUser> find(Caller caller, FindUsers request) {
    return node.call(UmsOperations.USERS_FIND, caller, request).users();
  }

  boolean exists(String appId, String userId) {
    return node.call(UmsOperations.USER_EXISTS, Caller.SERVICE, new CheckUserExists(appId, userId))
        .exists();
  }

  List<DeviceSession> sessions(Caller caller) {
    return node.call(UmsOperations.USER_SESSIONS, caller, Nothing.NOTHING).sessions();
  }

  List<SessionEnded> revokedSince(Instant since) {
    return node.call(UmsOperations.REVOKED_SINCE, Caller.SERVICE, new ListRevocations(since))
        .sessions();
  }

  /** As another node would load them. */
  Future<SigningKeys> keysOf(UmsNode on) {
    BoundedWorkers workers =
        new BoundedWorkers(on.vertx, "tokens", 2, 100, new SimpleMeterRegistry());
    return SigningKeys.load(on.vertx, workers, on.mongo, UmsNode.MASTERS, clock);
  }

  BlockingQueue<SessionEnded> listen() {
    BlockingQueue<SessionEnded> told = new LinkedBlockingQueue<>();
    await(
        node.vertx
            .eventBus()
            .<SessionEnded>consumer(
                Catalogue.SESSION_ENDED.address(), message -> told.add(message.body()))
            .completion());
    return told;
  }

  Throwable failureOf(LogIn request) {
    return await(
        node.send(UmsOperations.USER_LOGIN, Caller.anyone(null, null), request)
            .transform(done -> Future.succeededFuture(done.cause())));
  }

  /** As the edge makes it from the token's claims. */
  static Caller callerOf(AppRegistered of, LoggedIn in) {
    return Caller.user(of.appId(), in.userId(), in.deviceId(), sessionOf(in), null, null);
  }

  static String sessionOf(LoggedIn in) {
    return ForgedTokens.claimsOf(in.userToken()).getString("sid");
  }

  static AppRegistered withKey(AppRegistered of, String appKey) {
    return new AppRegistered(of.appId(), of.appSecret(), appKey);
  }

  static ErrorCode codeOf(Throwable failure) {
    return ((JovialException) failure).code();
  }

  static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            JovialException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
