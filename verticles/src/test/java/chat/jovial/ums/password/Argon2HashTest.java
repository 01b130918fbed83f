package chat.jovial.ums.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Argon2HashTest {
  private static final Argon2Parameters CHEAP = new Argon2Parameters(64, 1, 1);
  private final SecureRandom random = new SecureRandom();

  /** Made with the reference implementation (argon2-cffi of Python). */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "password"
            + " $argon2id$v=19$m=256,t=3,p=4$MDEyMzQ1Njc4OWFiY2RlZg$CZBlec9+/Exbx2/hIdKkBVaXxntBjyDy5rtpvFi6gpo",
        "p\u00e4ssword_\ud83d\udd11"
            + " $argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$ka3lCK8cg8EZhRrtSLVy1IHmgmMcIr9SwG2GuZhfbnY"
      })
  void it_agrees_with_the_reference_implementation(String secret, String hash) {
    String actual = secret.replace('_', ' ');
    assertThat(Argon2Hash.matches(actual, hash)).isTrue();
    assertThat(Argon2Hash.matches(actual + "x", hash)).isFalse();
  }

  @Test
  void a_hash_carries_its_parameters_and_is_different_each_time() {
    String hash = Argon2Hash.of("secret", new Argon2Parameters(128, 2, 1), random);

    assertThat(hash).startsWith("$argon2id$v=19$m=128,t=2,p=1$");
    assertThat(Argon2Hash.of("secret", new Argon2Parameters(128, 2, 1), random)).isNotEqualTo(hash);
    assertThat(Argon2Hash.matches("secret", hash)).isTrue();
    assertThat(Argon2Hash.matches("Secret", hash)).isFalse();
  }

  @Test
  void keyboards_that_compose_letters_differently_type_the_same_password() {
    String hash = Argon2Hash.of("caf\u00e9", CHEAP, random);
    assertThat(Argon2Hash.matches("cafe\u0301", hash)).isTrue();
  }

  @Test
  void the_hash_of_nothing_costs_the_same_and_matches_nothing() {
    String hash = Argon2Hash.ofNothing(CHEAP, random);
    assertThat(hash).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(Argon2Hash.matches("", hash)).isFalse();
  }

  @Test
  void another_kind_of_hash_is_an_error_not_a_mismatch() {
    assertThatThrownBy(() -> Argon2Hash.matches("x", "$2a$10$abc"))
        .isInstanceOf(IllegalStateException.class);
  }
}
