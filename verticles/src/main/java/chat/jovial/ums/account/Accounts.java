package chat.jovial.ums.account;

import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.ums.IssueUserToken;
import chat.jovial.contract.ums.LogIn;
import chat.jovial.contract.ums.LoggedIn;
import chat.jovial.contract.ums.RegisterUser;
import chat.jovial.contract.ums.UserRegistered;
import chat.jovial.limits.Networks;
import chat.jovial.ums.password.Passwords;
import chat.jovial.ums.session.SessionManager;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Registration and login of users: by password, or vouched for by their app. */
public final class Accounts {
  private static final String METRIC_LOGINS = "jovial.ums.logins";

  private final Apps apps;
  private final Users users;
  private final Passwords passwords;
  private final LoginLimiter limiter;
  private final SessionManager sessions;
  private final Counter succeeded;
  private final Counter failed;

  public Accounts(
      Apps apps,
      Users users,
      Passwords passwords,
      LoginLimiter limiter,
      SessionManager sessions,
      MeterRegistry metrics) {
    this.apps = apps;
    this.users = users;
    this.passwords = passwords;
    this.limiter = limiter;
    this.sessions = sessions;
    this.succeeded = metrics.counter(METRIC_LOGINS, "outcome", "succeeded");
    this.failed = metrics.counter(METRIC_LOGINS, "outcome", "failed");
  }

  public Future<UserRegistered> register(RegisterUser request) {
    String username = request.username();
    return apps.requireKey(request.appKey())
        .compose(
            app ->
                // Before the hash, which is what costs something.
                (username == null
                        ? Future.<Void>succeededFuture()
                        : users.checkFree(app.appId(), username))
                    .compose(free -> passwords.hash(request.password()))
                    .compose(hash -> users.add(app.appId(), username, hash, request.profile())))
        .map(user -> new UserRegistered(user.userId()));
  }

  /**
   * Whether the user does not exist, has no password or gave a wrong one: the same answer, after
   * the same work.
   */
  public Future<LoggedIn> login(Caller caller, LogIn request) {
    return apps.requireKey(request.appKey())
        .compose(
            app ->
                find(app.appId(), request)
                    .compose(
                        user ->
                            acquire(caller, app.appId(), request, user)
                                .compose(attempt -> check(attempt, user, request.password()))))
        .compose(
            user ->
                sessions.begin(
                    user.appId(), user.userId(), request.deviceId(), request.userAgent()));
  }

  private Future<LoginLimiter.Attempt> acquire(
      Caller caller, String appId, LogIn request, @Nullable User user) {
    String account = accountOf(appId, request, user);
    String address = caller.remoteAddress();
    String network = address == null ? "unknown" : Networks.of(address);
    String deviceId = request.deviceId();
    String deviceSecret = request.deviceSecret();
    if (user == null || deviceId == null || deviceSecret == null) {
      return limiter.acquire(account, network);
    }
    return sessions
        .isKnownDevice(user.userId(), deviceId, deviceSecret)
        .compose(
            known ->
                known
                    ? limiter.acquireOnDevice(account, deviceId)
                    : limiter.acquire(account, network));
  }

  public Future<LoggedIn> token(IssueUserToken request) {
    return apps.requireSecret(request.appId(), request.appSecret())
        .compose(app -> users.ofExternalId(app.appId(), request.externalId(), request.profile()))
        .compose(user -> sessions.begin(user.appId(), user.userId(), request.deviceId(), null));
  }

  private Future<@Nullable User> find(String appId, LogIn request) {
    return request.username() != null
        ? users.findByUsername(appId, request.username())
        : users.findById(appId, Objects.requireNonNull(request.userId()));
  }

  private static String accountOf(String appId, LogIn request, @Nullable User user) {
    if (user != null) {
      return appId + "/u/" + user.userId();
    }
    return request.username() != null
        ? appId + "/n/" + Usernames.key(request.username())
        : appId + "/u/" + request.userId();
  }

  private Future<User> check(LoginLimiter.Attempt attempt, @Nullable User user, String password) {
    return passwords
        .matches(password, user == null ? null : user.passwordHash())
        .transform(
            checked -> {
              if (checked.failed()) {
                return limiter
                    .recordOutcome(attempt, LoginLimiter.Outcome.ABANDONED)
                    .transform(recorded -> Future.failedFuture(checked.cause()));
              }
              if (user != null && checked.result()) {
                succeeded.increment();
                return limiter.recordOutcome(attempt, LoginLimiter.Outcome.RIGHT).map(user);
              }
              failed.increment();
              return limiter
                  .recordOutcome(attempt, LoginLimiter.Outcome.WRONG)
                  .compose(
                      recorded ->
                          Future.failedFuture(
                              JovialException.unauthenticated("wrong user or password")));
            });
  }
}
