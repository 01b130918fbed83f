package chat.jovial.ums.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.ums.RegisterUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernamesTest {
  @ParameterizedTest
  @CsvSource({
    "Ann, ANN",
    "zo\u00eb, ZOE\u0308",
    "\uff21nn, ann",
    "\ufb01na, FINA",
    "\u03a3\u03af\u03c3\u03c5, \u03a3\u038a\u03a3\u03a5"
  })
  void names_that_look_alike_have_one_key(String one, String other) {
    assertThat(Usernames.key(one)).isEqualTo(Usernames.key(other));
  }

  @Test
  void the_key_of_a_key_is_the_key() {
    for (String name : new String[] {"\u0130stanbul", "\u00df\u00df\u00df", "\u212aelvin"}) {
      assertThat(Usernames.key(Usernames.key(name))).isEqualTo(Usernames.key(name));
    }
  }

  @Test
  void a_prefix_has_nothing_that_means_something_in_a_regular_expression_but_a_dot() {
    assertThat(Usernames.isPrefixKey("a.b-c_d")).isTrue();
    for (String special : new String[] {"a*", "a|b", "(a", "[a", "a\\", "^a", "a$", "a/b", "a b"}) {
      assertThat(Usernames.isPrefixKey(special)).as(special).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0939\u093f\u0928\u094d\u0926\u0940",
        "Zoe\u0308",
        "\u5f20\u4e09\u4e30",
        "a.b-c_1"
      })
  void names_of_all_scripts_are_taken(String name) {
    assertThat(new RegisterUser("key", "password", name, null).username()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "a b c", "a/b", "name\u0000", "\ufdfa", "<script>", "abc\u200bd"})
  void names_that_could_mislead_are_refused(String name) {
    assertThatThrownBy(() -> new RegisterUser("key", "password", name, null))
        .isInstanceOf(JovialException.class)
        .hasMessageContaining("username");
  }
}
