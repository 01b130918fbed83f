package chat.jovial.ums.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SigningKeyTest {
  /** 32 bytes in base64url, also when a number begins with zeros (RFC 7518, section 6.2.1.2). */
  private static final int COORDINATE_LENGTH = 43;

  @Test
  void numbers_have_their_full_length_in_every_key() {
    Set<String> kids = new HashSet<>();
    for (int i = 0; i < 600; i++) { // One in about 85 has a number that begins with a zero byte.
      SigningKey key = SigningKey.generate(i);
      kids.add(key.kid());
      for (String name : new String[] {"x", "y", "d"}) {
        assertThat(key.jwk().getString(name)).hasSize(COORDINATE_LENGTH);
      }
    }
    assertThat(kids).hasSize(600);
  }

  @Test
  void the_public_half_has_no_private_number_and_the_text_no_key() {
    SigningKey key = SigningKey.generate(1);
    assertThat(key.publicHalf()).doesNotContainKey("d").containsEntry("kid", key.kid());
    assertThat(key.toString()).doesNotContain(key.jwk().getString("d"));
    assertThat(
            SigningKey.of(1, new JsonObject(key.publicHalf()), key.privateNumber())
                .jwk()
                .getString("d"))
        .isEqualTo(key.jwk().getString("d"));
  }
}
