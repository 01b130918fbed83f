package chat.jovial.ums.session;

import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.ums.DeviceSession;
import chat.jovial.contract.ums.DeviceSessions;
import chat.jovial.contract.ums.LoggedIn;
import chat.jovial.contract.ums.SessionEnded;
import chat.jovial.hashing.Hashes;
import chat.jovial.ums.UmsConfig;
import chat.jovial.ums.store.VersionedDocuments;
import chat.jovial.ums.store.VersionedDocuments.Decision;
import chat.jovial.ums.token.Tokens;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Life cycle of device sessions: login, refresh, list, end.
 *
 * <p>A session ends in this order: it is recorded as ended, then taken out of the user's document.
 * After the first step edges refuse its tokens, and nothing undoes that; if the node dies before
 * the second, the session can still be refreshed but its tokens are worth nothing, and the next
 * login on that device notices.
 *
 * <p>Refresh tokens rotate (RFC 9700, section 4.14.2): each is good once, and showing a used one
 * ends the session, because two parties have it. A client that never got the reply says {@code
 * retry} and, within a short grace and only while the successor is unused, is given that same
 * successor again. A thief gains nothing lasting by that: as soon as either of the two uses the
 * successor, the other one's use of it ends the session.
 */
public final class SessionManager {
  private static final int ROTATION_KEY_BYTES = 32;
  private static final int DEVICE_SECRET_BYTES = 32;
  private static final String LOGGED_OUT = "logged_out";
  private static final String REVOKED = "revoked";
  private static final String REFRESH_REUSED = "refresh_reused";

  private final VersionedDocuments documents;
  private final EndedSessions ended;
  private final Tokens tokens;
  private final UmsConfig config;
  private final Supplier<String> newId;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** A session after a change of it, and the refresh token that its client holds from now on. */
  private record Renewed(
      StoredSession session,
      RefreshToken token,
      UserSessions all,
      boolean isNew,
      @Nullable String deviceSecret) {
    Renewed(StoredSession session, RefreshToken token, UserSessions all) {
      this(session, token, all, false, null);
    }
  }

  private record Refreshed(StoredSession.Standing standing, @Nullable Renewed renewed) {}

  public SessionManager(
      VersionedDocuments documents,
      EndedSessions ended,
      Tokens tokens,
      UmsConfig config,
      Supplier<String> newId,
      Clock clock) {
    this.documents = documents;
    this.ended = ended;
    this.tokens = tokens;
    this.config = config;
    this.newId = newId;
    this.clock = clock;
  }

  /**
   * Logs a user in who has proven who they are; goes on with the device's session if it is theirs.
   */
  public Future<LoggedIn> begin(
      String appId, String userId, @Nullable String deviceId, @Nullable String userAgent) {
    return documents
        .<Renewed>change(
            userId,
            document -> {
              Instant now = now();
              UserSessions all = UserSessions.of(document, appId, now);
              Renewed renewed = beginIn(all, userId, deviceId, userAgent, now);
              return new Decision<>(renewed.all().toDocument(now), renewed);
            })
        .compose(
            renewed ->
                renewed.isNew()
                    ? endTooMany(userId, renewed)
                    : againIfEnded(appId, userId, renewed, userAgent))
        .compose(renewed -> loggedIn(appId, userId, renewed));
  }

  public Future<LoggedIn> refresh(String text, boolean retry) {
    RefreshToken token = RefreshToken.parse(text);
    if (token == null) {
      return Future.failedFuture(badRefreshToken());
    }
    return documents
        .<Refreshed>change(token.userId(), document -> decideRefresh(document, token, retry))
        .compose(
            refreshed -> {
              Renewed renewed = refreshed.renewed();
              if (renewed != null) {
                return loggedIn(renewed.all().appId(), token.userId(), renewed);
              }
              return refreshed.standing() == StoredSession.Standing.REUSED
                  ? end(token.userId(), token.sessionId(), REFRESH_REUSED)
                      .compose(done -> Future.failedFuture(reused()))
                  : Future.failedFuture(badRefreshToken());
            });
  }

  /** Whether the device was given that secret at its latest login as that user. */
  public Future<Boolean> isKnownDevice(String userId, String deviceId, String deviceSecret) {
    return documents
        .read(userId)
        .map(
            document ->
                UserSessions.of(document, "", now()).isDeviceSecret(deviceId, deviceSecret));
  }

  public Future<DeviceSessions> list(Caller caller) {
    String userId = caller.requireUser();
    String appId = caller.requireApp();
    return documents
        .read(userId)
        .map(
            document ->
                new DeviceSessions(
                    UserSessions.of(document, appId, now()).sessions().stream()
                        .sorted(Comparator.comparing(StoredSession::lastSeenAt).reversed())
                        .map(
                            session ->
                                new DeviceSession(
                                    session.deviceId(),
                                    session.createdAt(),
                                    session.lastSeenAt(),
                                    session.deviceId().equals(caller.deviceId()),
                                    session.userAgent()))
                        .toList()));
  }

  /** Ends the caller's session, or that of another device of theirs. */
  public Future<Void> logout(Caller caller, @Nullable String deviceId) {
    String userId = caller.requireUser();
    if (deviceId == null || deviceId.equals(caller.requireDevice())) {
      return end(userId, caller.requireSession(), LOGGED_OUT);
    }
    String appId = caller.requireApp();
    return documents
        .read(userId)
        .compose(
            document ->
                UserSessions.of(document, appId, now())
                    .ofDevice(deviceId)
                    .map(session -> end(userId, session.sessionId(), REVOKED))
                    .orElseGet(
                        () ->
                            Future.failedFuture(
                                JovialException.notFound(
                                    "you are not logged in on that device; ums.user.sessions lists"
                                        + " your devices"))));
  }

  /** Whether tokens of this session are still accepted. */
  public Future<Boolean> isEnded(String sessionId) {
    return ended.contains(sessionId);
  }

  private Renewed beginIn(
      UserSessions all,
      String userId,
      @Nullable String deviceId,
      @Nullable String userAgent,
      Instant now) {
    Optional<StoredSession> known = deviceId == null ? Optional.empty() : all.ofDevice(deviceId);
    if (known.isPresent()) {
      RefreshToken token = RefreshToken.random(userId, known.get().sessionId(), random);
      StoredSession session =
          known.get().loggedInAgain(token, userAgent, now, config.refreshLifetime());
      return renewed(session, token, all, false);
    }
    String device = deviceId != null && all.hasDevice(deviceId) ? deviceId : newId.get();
    RefreshToken token = RefreshToken.random(userId, newId.get(), random);
    byte[] rotationKey = new byte[ROTATION_KEY_BYTES];
    random.nextBytes(rotationKey);
    StoredSession session =
        StoredSession.begin(
            token, device, userAgent, Hashes.base64(rotationKey), now, config.refreshLifetime());
    return renewed(session, token, all, true);
  }

  /** Each login gives its device another secret: one that was copied before is of no use then. */
  private Renewed renewed(
      StoredSession session, RefreshToken token, UserSessions all, boolean isNew) {
    byte[] bytes = new byte[DEVICE_SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = Hashes.base64(bytes);
    String hash = Hashes.sha256Text(secret.getBytes(StandardCharsets.UTF_8));
    UserSessions changed = all.with(session).withDeviceSecret(session.deviceId(), hash);
    return new Renewed(session, token, changed, isNew, secret);
  }

  private Decision<Refreshed> decideRefresh(
      @Nullable JsonObject document, RefreshToken token, boolean retry) {
    Instant now = now();
    UserSessions all = UserSessions.of(document, "", now);
    StoredSession session = all.ofSession(token.sessionId()).orElse(null);
    if (session == null) {
      return new Decision<>(null, new Refreshed(StoredSession.Standing.UNKNOWN, null));
    }
    StoredSession.Standing standing = session.standingOf(token, retry, now, config.refreshGrace());
    RefreshToken next = token.next(session.rotationKey());
    switch (standing) {
      case CURRENT -> {
        StoredSession rotated = session.rotated(next, now, config.refreshLifetime());
        UserSessions changed = all.with(rotated);
        return new Decision<>(
            changed.toDocument(now), new Refreshed(standing, new Renewed(rotated, next, changed)));
      }
      case REPEATED -> {
        return new Decision<>(null, new Refreshed(standing, new Renewed(session, next, all)));
      }
      default -> {
        return new Decision<>(null, new Refreshed(standing, null));
      }
    }
  }

  /** A session that was recorded as ended but not taken out yet must not come to life again. */
  private Future<Renewed> againIfEnded(
      String appId, String userId, Renewed renewed, @Nullable String userAgent) {
    String sessionId = renewed.session().sessionId();
    return ended
        .contains(sessionId)
        .compose(
            dead ->
                dead
                    ? documents.change(
                        userId,
                        document -> {
                          Instant now = now();
                          UserSessions all =
                              UserSessions.of(document, appId, now).without(sessionId);
                          Renewed fresh =
                              beginIn(all, userId, renewed.session().deviceId(), userAgent, now);
                          return new Decision<>(fresh.all().toDocument(now), fresh);
                        })
                    : Future.succeededFuture(renewed));
  }

  private Future<Renewed> endTooMany(String userId, Renewed renewed) {
    Future<Void> all = Future.succeededFuture();
    for (StoredSession session : renewed.all().beyond(config.sessionsPerUser())) {
      all = all.compose(done -> end(userId, session.sessionId(), REVOKED));
    }
    return all.map(renewed);
  }

  private Future<Void> end(String userId, String sessionId, String reason) {
    return ended
        .add(new SessionEnded(sessionId, userId, reason))
        .compose(
            recorded ->
                documents.change(
                    userId,
                    document -> {
                      Instant now = now();
                      UserSessions all = UserSessions.of(document, "", now);
                      return all.ofSession(sessionId).isEmpty()
                          ? new Decision<>(null, false)
                          : new Decision<>(all.without(sessionId).toDocument(now), true);
                    }))
        .mapEmpty();
  }

  private Future<LoggedIn> loggedIn(String appId, String userId, Renewed renewed) {
    StoredSession session = renewed.session();
    return tokens
        .signUserToken(appId, userId, session.deviceId(), session.sessionId())
        .map(
            signed ->
                new LoggedIn(
                    signed.token(),
                    renewed.token().text(),
                    signed.expiresAt(),
                    userId,
                    session.deviceId(),
                    renewed.deviceSecret()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static JovialException badRefreshToken() {
    return JovialException.unauthenticated(
        "this refresh_token is not valid or has expired; log in again");
  }

  private static JovialException reused() {
    return JovialException.unauthenticated(
        "this refresh_token was used before, so its session has been ended; log in again");
  }
}
