package chat.jovial.ums.session;

import chat.jovial.hashing.Hashes;
import chat.jovial.ums.store.MongoTimes;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Device session as it is stored: one device on which a user is logged in, and the state of its
 * refresh token.
 *
 * @param familyHash of the part of the refresh token that stays until the next login
 * @param currentHash of the refresh token that is good now
 * @param previousHash of the one that {@code currentHash} followed
 * @param rotatedAt when it followed
 * @param rotationKey from which, with a token, the next one is made
 */
record StoredSession(
    String sessionId,
    String deviceId,
    @Nullable String userAgent,
    Instant createdAt,
    Instant lastSeenAt,
    Instant expiresAt,
    String familyHash,
    String currentHash,
    @Nullable String previousHash,
    Instant rotatedAt,
    String rotationKey) {

  /** What a shown refresh token is worth. */
  enum Standing {
    /** Good: changed for the next one. */
    CURRENT,
    /** Used once, a moment ago, and its successor not yet: the reply was lost. */
    REPEATED,
    /** Used before: somebody has a copy. */
    REUSED,
    /** Not of this session's latest login: nobody's. */
    UNKNOWN
  }

  static StoredSession begin(
      RefreshToken token,
      String deviceId,
      @Nullable String userAgent,
      String rotationKey,
      Instant now,
      Duration lifetime) {
    return new StoredSession(
        token.sessionId(),
        deviceId,
        userAgent,
        now,
        now,
        now.plus(lifetime),
        token.familyHash(),
        token.secretHash(),
        null,
        now,
        rotationKey);
  }

  /** The same session after another login on its device: earlier refresh tokens are void. */
  StoredSession loggedInAgain(
      RefreshToken token, @Nullable String agent, Instant now, Duration lifetime) {
    return new StoredSession(
        sessionId,
        deviceId,
        agent == null ? userAgent : agent,
        createdAt,
        now,
        now.plus(lifetime),
        token.familyHash(),
        token.secretHash(),
        null,
        now,
        rotationKey);
  }

  /**
   * @param retry whether the client says that it may have sent this before
   */
  Standing standingOf(RefreshToken token, boolean retry, Instant now, Duration grace) {
    if (!Hashes.isEqual(familyHash, token.familyHash())) {
      return Standing.UNKNOWN;
    }
    String shown = token.secretHash();
    if (Hashes.isEqual(currentHash, shown)) {
      return Standing.CURRENT;
    }
    boolean repeated =
        retry
            && previousHash != null
            && Hashes.isEqual(previousHash, shown)
            && now.isBefore(rotatedAt.plus(grace));
    return repeated ? Standing.REPEATED : Standing.REUSED;
  }

  /** The same session when its current token has been changed for the next. */
  StoredSession rotated(RefreshToken next, Instant now, Duration lifetime) {
    return new StoredSession(
        sessionId,
        deviceId,
        userAgent,
        createdAt,
        now,
        now.plus(lifetime),
        familyHash,
        next.secretHash(),
        currentHash,
        now,
        rotationKey);
  }

  static StoredSession of(JsonObject document) {
    return new StoredSession(
        document.getString("session_id"),
        document.getString("device_id"),
        document.getString("user_agent"),
        MongoTimes.instant(document, "created_at"),
        MongoTimes.instant(document, "last_seen_at"),
        MongoTimes.instant(document, "expires_at"),
        document.getString("family_hash"),
        document.getString("current_hash"),
        document.getString("previous_hash"),
        MongoTimes.instant(document, "rotated_at"),
        document.getString("rotation_key"));
  }

  JsonObject toDocument() {
    JsonObject document =
        new JsonObject()
            .put("session_id", sessionId)
            .put("device_id", deviceId)
            .put("created_at", MongoTimes.date(createdAt))
            .put("last_seen_at", MongoTimes.date(lastSeenAt))
            .put("expires_at", MongoTimes.date(expiresAt))
            .put("family_hash", familyHash)
            .put("current_hash", currentHash)
            .put("rotated_at", MongoTimes.date(rotatedAt))
            .put("rotation_key", rotationKey);
    if (userAgent != null) {
      document.put("user_agent", userAgent);
    }
    if (previousHash != null) {
      document.put("previous_hash", previousHash);
    }
    return document;
  }

  @Override
  public String toString() {
    return "Session[" + sessionId + "]";
  }
}
