package chat.jovial.ums.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokenTest {
  private final RefreshToken token = RefreshToken.random("user", "session", new SecureRandom());

  @Test
  void it_is_read_as_it_was_written() {
    RefreshToken read = Objects.requireNonNull(RefreshToken.parse(token.text()));

    assertThat(read.userId()).isEqualTo("user");
    assertThat(read.sessionId()).isEqualTo("session");
    assertThat(read.familyHash()).isEqualTo(token.familyHash());
    assertThat(read.secretHash()).isEqualTo(token.secretHash());
  }

  @Test
  void the_next_one_is_the_same_each_time_and_needs_the_key() {
    RefreshToken next = token.next("key");

    assertThat(next.text()).isEqualTo(token.next("key").text());
    assertThat(next.secretHash())
        .isNotEqualTo(token.secretHash())
        .isNotEqualTo(token.next("other").secretHash());
    assertThat(next.familyHash()).isEqualTo(token.familyHash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b", "a.b.c", "a.b.c.d", "a.b.AAAA", ".b.c", "a..c"})
  void what_has_not_its_form_is_no_token(String text) {
    assertThat(RefreshToken.parse(text)).isNull();
    assertThat(RefreshToken.parse(text + "A".repeat(5000))).isNull();
  }
}
