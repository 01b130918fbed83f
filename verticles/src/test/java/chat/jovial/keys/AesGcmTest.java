package chat.jovial.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JDK has encrypted the native library decrypts, and the other way round. */
class AesGcmTest {
  private static final SecretKeySpec KEY = new SecretKeySpec(new byte[32], "AES");
  private static final byte[] NONCE = new byte[12];
  private static final byte[] NAME = "file 1".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 200, 512 * 1024})
  void both_read_what_either_has_written(int length) throws GeneralSecurityException {
    byte[] plain = new byte[length];
    new Random(length).nextBytes(plain);
    Cipher own = Cipher.getInstance(AesGcm.TRANSFORMATION);
    Cipher other = Cipher.getInstance(AesGcm.TRANSFORMATION, required());

    byte[] encrypted = run(own, Cipher.ENCRYPT_MODE, plain);

    assertThat(run(other, Cipher.ENCRYPT_MODE, plain)).isEqualTo(encrypted);
    assertThat(run(other, Cipher.DECRYPT_MODE, encrypted)).isEqualTo(plain);
    assertThat(run(own, Cipher.DECRYPT_MODE, encrypted)).isEqualTo(plain);
  }

  @Test
  void neither_reads_what_was_changed() throws GeneralSecurityException {
    byte[] encrypted =
        run(Cipher.getInstance(AesGcm.TRANSFORMATION), Cipher.ENCRYPT_MODE, new byte[1000]);
    for (int at : new int[] {0, 500, 999, 1000, 1015}) {
      byte[] changed = Arrays.copyOf(encrypted, encrypted.length);
      changed[at] ^= 1;
      Cipher other = Cipher.getInstance(AesGcm.TRANSFORMATION, required());
      assertThatThrownBy(() -> run(other, Cipher.DECRYPT_MODE, changed))
          .as("byte " + at)
          .isInstanceOf(AEADBadTagException.class);
    }
  }

  private static Provider required() {
    return AesGcm.nativeProvider()
        .orElseGet(
            () ->
                Assumptions.abort(
                    "NO NATIVE AES-GCM FOR THIS PLATFORM: that both agree is not tested here"));
  }

  private static byte[] run(Cipher cipher, int mode, byte[] input) throws GeneralSecurityException {
    cipher.init(mode, KEY, new GCMParameterSpec(128, NONCE));
    cipher.updateAAD(NAME);
    return cipher.doFinal(input);
  }
}
