package chat.jovial.ums.password;

import io.vertx.core.Future;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Hashing and verification of passwords, off the event loops. Any thread. */
public final class Passwords {
  private final BoundedWorkers workers;
  private final Argon2Parameters parameters;
  private final SecureRandom random = new SecureRandom();
  private final String hashOfNobody;

  public Passwords(BoundedWorkers workers, Argon2Parameters parameters) {
    this.workers = workers;
    this.parameters = parameters;
    this.hashOfNobody = Argon2Hash.ofNothing(parameters, random);
  }

  public Future<String> hash(String secret) {
    return workers.run(() -> Argon2Hash.of(secret, parameters, random));
  }

  /**
   * Whether the secret is the one of that hash. Without a hash (a user who does not exist or has no
   * password) it takes as long and is false.
   */
  public Future<Boolean> matches(String secret, @Nullable String hash) {
    return workers.run(() -> Argon2Hash.matches(secret, hash == null ? hashOfNobody : hash));
  }
}
