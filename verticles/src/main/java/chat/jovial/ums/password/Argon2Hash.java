package chat.jovial.ums.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;

/**
 * Argon2id (RFC 9106, version 1.3) in the text form that carries its own parameters, so that they
 * may be raised without anyone's password becoming invalid: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}. Takes tens of milliseconds: never on an event loop.
 */
final class Argon2Hash {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** A stored hash is trusted, but a wrong edit of it should not take the machine's memory. */
  private static final int MAX_MEMORY_KIB = 1_048_576;

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([\\w+/]+)\\$([\\w+/]+)");

  private Argon2Hash() {}

  static String of(String secret, Argon2Parameters parameters, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return text(parameters, salt, compute(secret, parameters, salt));
  }

  /** A hash that no secret has, at the cost of any other; for users who do not exist. */
  static String ofNothing(Argon2Parameters parameters, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    byte[] hash = new byte[HASH_BYTES];
    random.nextBytes(salt);
    random.nextBytes(hash);
    return text(parameters, salt, hash);
  }

  static boolean matches(String secret, String hash) {
    Matcher form = FORM.matcher(hash);
    if (!form.matches()) {
      throw new IllegalStateException("a stored hash is not Argon2id");
    }
    Argon2Parameters parameters =
        new Argon2Parameters(
            Math.min(MAX_MEMORY_KIB, Integer.parseInt(form.group(1))),
            Integer.parseInt(form.group(2)),
            Integer.parseInt(form.group(3)));
    byte[] salt = Base64.getDecoder().decode(form.group(4));
    byte[] expected = Base64.getDecoder().decode(form.group(5));
    return MessageDigest.isEqual(expected, compute(secret, parameters, salt));
  }

  private static String text(Argon2Parameters parameters, byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            parameters.memoryKib(),
            parameters.iterations(),
            parameters.parallelism(),
            base64.encodeToString(salt),
            base64.encodeToString(hash));
  }

  /** Passwords are compared in Unicode form C (RFC 8265): keyboards differ in how they write é. */
  private static byte[] compute(String secret, Argon2Parameters parameters, byte[] salt) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new org.bouncycastle.crypto.params.Argon2Parameters.Builder(
                org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id)
            .withVersion(org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(parameters.memoryKib())
            .withIterations(parameters.iterations())
            .withParallelism(parameters.parallelism())
            .withSalt(salt)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    generator.generateBytes(
        Normalizer.normalize(secret, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
