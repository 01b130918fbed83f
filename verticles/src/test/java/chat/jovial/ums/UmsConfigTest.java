package chat.jovial.ums;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.config.Settings;
import chat.jovial.ums.password.Argon2Parameters;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UmsConfigTest {
  @Test
  void the_defaults_are_what_owasp_advises_and_the_contract_promises() {
    UmsConfig config = UmsConfig.of(Settings.of(Map.of()));

    assertThat(config.argon2()).isEqualTo(new Argon2Parameters(19_456, 2, 1));
    assertThat(config.tokenLifetime()).isEqualTo(Duration.ofMinutes(15));
    assertThat(config.refreshLifetime()).isEqualTo(Duration.ofDays(60));
    assertThat(config.operatorKey()).isEmpty();
    assertThat(config.passwordThreads()).isPositive();
  }

  @Test
  void the_operator_key_is_never_shown() {
    UmsConfig config = UmsConfig.of(Settings.of(Map.of("ums.operator_key", "hush")));
    assertThat(config.toString()).doesNotContain("hush");
  }
}
