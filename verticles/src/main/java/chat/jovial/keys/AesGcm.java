package chat.jovial.keys;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Provider of AES-GCM ciphers: the native library that ships with the server, once that is loaded,
 * where there is one for the platform; else by the JDK, which takes three times as long for a chunk
 * of a file, and fifty times until its compiler has found out. What one has encrypted the other
 * decrypts.
 */
public final class AesGcm {
  static final String TRANSFORMATION = "AES/GCM/NoPadding";

  /** The Amazon Corretto Crypto Provider; others that are installed are left to the JDK's order. */
  private static final String NATIVE = "AmazonCorrettoCryptoProvider";

  /** Off while the launcher has classes archived: the JVM fails on lambdas of signed classes. */
  private static final String SWITCH = "jovial.native_crypto";

  private static final Logger LOG = LoggerFactory.getLogger(AesGcm.class);
  private static final AtomicReference<@Nullable Provider> QUICKEST = new AtomicReference<>();

  private AesGcm() {}

  /** A new one each time: one that has encrypted refuses the nonce that it has just used. */
  static Cipher cipher() throws GeneralSecurityException {
    Provider quickest = QUICKEST.get();
    return quickest == null
        ? Cipher.getInstance(TRANSFORMATION)
        : Cipher.getInstance(TRANSFORMATION, quickest);
  }

  /** Loads the native library, unless that is switched off. Blocks for a third of a second. */
  public static void useNative() {
    if (Boolean.parseBoolean(System.getProperty(SWITCH, "true"))) {
      nativeProvider()
          .ifPresentOrElse(
              QUICKEST::set,
              () -> LOG.info("There is no native AES-GCM for this platform: the JDK encrypts"));
    }
  }

  /** Empty where there is none, or where it cannot be loaded: it then offers nothing. */
  static Optional<Provider> nativeProvider() {
    return ServiceLoader.load(Provider.class).stream()
        .filter(found -> found.type().getSimpleName().equals(NATIVE))
        .map(ServiceLoader.Provider::get)
        .filter(found -> found.getService("Cipher", TRANSFORMATION) != null)
        .findFirst();
  }
}
