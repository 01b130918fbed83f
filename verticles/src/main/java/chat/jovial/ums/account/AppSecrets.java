package chat.jovial.ums.account;

import chat.jovial.contract.JovialException;
import chat.jovial.hashing.Hashes;
import chat.jovial.ums.password.Passwords;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Maker and verifier of app secrets. They are hashed like passwords, but an app's server shows its
 * secret thousands of times a second, so a node remembers for some minutes which ones were right:
 * only an HMAC of them, under a key that never leaves the process. Requests that show the same
 * secret while it is being checked wait for that one check.
 *
 * <p>A secret is 256 random bits. Sixteen bits of its SHA-256 are stored beside its hash, so that
 * all but one in 65,536 wrong ones are refused without an expensive hash: strangers cannot keep the
 * hashing threads busy by guessing. What is left of the secret to guess is beyond reach.
 */
public final class AppSecrets {
  private static final int SECRET_BYTES = 32;
  private static final int CHECK_BYTES = 2;

  /** Secrets remembered at once on a node, some 200 bytes each. */
  private static final int MAX_REMEMBERED = 10_000;

  private final Vertx vertx;
  private final Passwords passwords;
  private final SecureRandom random = new SecureRandom();
  private final byte[] processKey = new byte[SECRET_BYTES];
  private final AsyncCache<String, Boolean> right;

  public AppSecrets(Vertx vertx, Passwords passwords, Duration remembered) {
    this.vertx = vertx;
    this.passwords = passwords;
    this.right =
        Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(remembered).buildAsync();
    random.nextBytes(processKey);
  }

  String newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return Hashes.base64(secret);
  }

  /** The bits of a secret that may be stored in the clear. */
  public static String checkOf(String secret) {
    byte[] check = new byte[CHECK_BYTES];
    System.arraycopy(
        Hashes.sha256(secret.getBytes(StandardCharsets.UTF_8)), 0, check, 0, CHECK_BYTES);
    return Hashes.base64(check);
  }

  /** Fails unless this is the app's secret. */
  public Future<Void> check(App app, String secret) {
    if (!Hashes.isEqual(app.secretCheck(), checkOf(secret))) {
      return Future.failedFuture(wrong());
    }
    // The stored hash is part of the key: a changed secret is verified again.
    String key =
        Hashes.base64(
            Hashes.hmac(
                processKey, (app.secretHash() + '\n' + secret).getBytes(StandardCharsets.UTF_8)));
    return Future.fromCompletionStage(
            right.get(key, (ignored, executor) -> verify(app, secret)), vertx.getOrCreateContext())
        .compose(
            matches -> {
              if (!matches) {
                right.synchronous().invalidate(key);
                return Future.failedFuture(wrong());
              }
              return Future.succeededFuture();
            });
  }

  public static JovialException wrong() {
    return JovialException.unauthenticated("app_id and app_secret do not belong together");
  }

  private CompletableFuture<Boolean> verify(App app, String secret) {
    return passwords.matches(secret, app.secretHash()).toCompletionStage().toCompletableFuture();
  }
}
