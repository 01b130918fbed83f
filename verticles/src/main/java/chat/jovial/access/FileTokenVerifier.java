package chat.jovial.access;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import chat.jovial.contract.fss.FileAccess;
import chat.jovial.contract.fss.FileGrant;
import chat.jovial.contract.fss.FileToken;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifier of file_tokens on this node: signed by UMS, not expired, for this file, and for this
 * user now. The claims of a token are cached, because a player asks for many ranges with one token;
 * whether they hold is checked each time. Any thread.
 */
public final class FileTokenVerifier {
  private static final String AUDIENCE = "file";

  /** Characters of the tokens that are cached; twice as many bytes at worst. */
  private static final long MAX_REMEMBERED_CHARACTERS = 8_000_000;

  private final KeyRing keys;
  private final Memberships memberships;
  private final Clock clock;
  private final Cache<String, FileTokenClaims> remembered =
      Caffeine.newBuilder()
          .maximumWeight(MAX_REMEMBERED_CHARACTERS)
          .<String, FileTokenClaims>weigher((token, claims) -> 2 * token.length())
          .build();

  public FileTokenVerifier(KeyRing keys, Memberships memberships, Clock clock) {
    this.keys = keys;
    this.memberships = memberships;
    this.clock = clock;
  }

  /** The claims of the token; fails with {@code forbidden} if this user may not read the file. */
  public Future<FileTokenClaims> verify(
      @Nullable String token, String fileId, String appId, String userId) {
    return claims(token)
        .compose(
            claims -> {
              if (!claims.appId().equals(appId) || !claims.fileId().equals(fileId)) {
                return refused("this file_token is for another file");
              }
              if (!claims.isValidAt(clock.instant())) {
                return refused("this file_token has expired; ask for a new one");
              }
              if (!claims.access().contains(FileAccess.READ)) {
                return refused("this file_token does not let read");
              }
              return isFor(claims.grant(), userId)
                  .compose(
                      granted ->
                          granted
                              ? Future.succeededFuture(claims)
                              : refused("this file_token is not for you"));
            });
  }

  private Future<Boolean> isFor(FileGrant grant, String userId) {
    if (grant.userIds() != null) {
      return Future.succeededFuture(grant.userIds().contains(userId));
    }
    if (grant.conversationId() != null) {
      return memberships.isMember(userId, grant.conversationId());
    }
    // A space is not known to anyone yet; of the app is who got this far.
    return Future.succeededFuture(Boolean.TRUE.equals(grant.app()));
  }

  private Future<FileTokenClaims> claims(@Nullable String token) {
    if (token == null || token.isEmpty()) {
      return refused("a file is read with ?token=<file_token>");
    }
    if (token.length() > FileToken.MAX_CHARACTERS) {
      return refused("the file_token is not valid");
    }
    FileTokenClaims known = remembered.getIfPresent(token);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    return keys.verify(token, AUDIENCE)
        .compose(
            claims -> {
              Optional<FileTokenClaims> read = claims.flatMap(FileTokenVerifier::read);
              if (read.isEmpty()) {
                return refused("the file_token is not valid");
              }
              remembered.put(token, read.get());
              return Future.succeededFuture(read.get());
            });
  }

  private static Optional<FileTokenClaims> read(JsonObject claims) {
    byte[] json = claims.toBuffer().getBytes();
    try {
      return Optional.of(Json.read(json, 0, json.length, FileTokenClaims.class));
    } catch (JovialException e) {
      return Optional.empty();
    }
  }

  private static <T> Future<T> refused(String why) {
    return Future.failedFuture(JovialException.forbidden(why));
  }
}
