package chat.jovial.edge.operations;

import chat.jovial.contract.Caller;
import org.jspecify.annotations.Nullable;

/**
 * What a verified user_token says.
 *
 * @param sessionId the device session, which may be ended before the token expires
 * @param expiresAtMillis since the epoch
 */
public record Identity(
    String appId, String userId, String deviceId, String sessionId, long expiresAtMillis) {

  public Caller caller(@Nullable String connectionId, @Nullable String remoteAddress) {
    return Caller.user(appId, userId, deviceId, sessionId, connectionId, remoteAddress);
  }

  public boolean isSamePartyAs(Identity other) {
    return userId.equals(other.userId)
        && appId.equals(other.appId)
        && deviceId.equals(other.deviceId);
  }
}
