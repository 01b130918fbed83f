package chat.jovial.contract;

import org.jspecify.annotations.Nullable;

/**
 * On whose behalf an operation is called. The edge makes it from a verified token; nothing that a
 * client writes into headers or bodies gets in here.
 *
 * @param sessionId the device session that the user's token belongs to
 * @param connectionId the connection that the request came over; it is not sent its own messages
 * @param remoteAddress the peer's address, for limits and for the list of sessions
 */
public record Caller(
    Access access,
    @Nullable String appId,
    @Nullable String userId,
    @Nullable String deviceId,
    @Nullable String sessionId,
    @Nullable String connectionId,
    @Nullable String remoteAddress) {

  /** Another verticle. */
  public static final Caller SERVICE =
      new Caller(Access.SERVICE, null, null, null, null, null, null);

  /** A client that has shown no token (yet). */
  public static Caller anyone(@Nullable String connectionId, @Nullable String remoteAddress) {
    return new Caller(Access.ANYONE, null, null, null, null, connectionId, remoteAddress);
  }

  /** A user on one of their devices. */
  public static Caller user(
      String appId,
      String userId,
      String deviceId,
      String sessionId,
      @Nullable String connectionId,
      @Nullable String remoteAddress) {
    return new Caller(Access.USER, appId, userId, deviceId, sessionId, connectionId, remoteAddress);
  }

  /** The user's id; refuses callers who are not users. */
  public String requireUser() {
    return require(userId);
  }

  /** The user's app; refuses callers who are not users. */
  public String requireApp() {
    return require(appId);
  }

  /** The user's device; refuses callers who are not users. */
  public String requireDevice() {
    return require(deviceId);
  }

  /** The user's device session; refuses callers who are not users. */
  public String requireSession() {
    return require(sessionId);
  }

  private static String require(@Nullable String value) {
    if (value == null) {
      throw JovialException.unauthenticated("this operation needs a user_token or an open session");
    }
    return value;
  }
}
