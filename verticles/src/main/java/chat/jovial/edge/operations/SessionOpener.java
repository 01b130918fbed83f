package chat.jovial.edge.operations;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.session.OpenSession;
import chat.jovial.contract.session.SessionOpened;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Handler of {@code session.open}. Any thread. */
public final class SessionOpener {
  private final TokenVerifier tokens;
  private final Duration pingInterval;
  private final @Nullable String publicUrl;
  private final Clock clock;

  /**
   * @param publicUrl under which clients reach this server over HTTP, where it is known
   */
  public SessionOpener(
      TokenVerifier tokens, Duration pingInterval, @Nullable String publicUrl, Clock clock) {
    this.tokens = tokens;
    this.pingInterval = pingInterval;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  /** Over HTTP there is nothing to bind: the reply says whether the token would open a session. */
  public Future<SessionOpened> open(ClientCall call, OpenSession request) {
    Future<Identity> verified =
        tokens.verify(request.userToken()).compose(shown -> checkDevice(shown, request.deviceId()));
    ConnectionContext connection = call.connection();
    return (connection == null ? verified : connection.bind(verified)).map(this::opened);
  }

  private static Future<Identity> checkDevice(Identity shown, @Nullable String deviceId) {
    return deviceId == null || deviceId.equals(shown.deviceId())
        ? Future.succeededFuture(shown)
        : Future.failedFuture(
            JovialException.invalid("device_id is not the one that the user_token was made for"));
  }

  private SessionOpened opened(Identity identity) {
    return new SessionOpened(
        identity.userId(),
        identity.deviceId(),
        Instant.ofEpochMilli(clock.millis()),
        pingInterval.toMillis(),
        publicUrl);
  }
}
