package chat.jovial.mds.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdsTest {
  @Test
  void reads_the_time_of_the_example_of_rfc_9562() {
    UUID uuid = UUID.fromString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    assertThat(ClientIds.asVersion7(uuid.toString())).isEqualTo(uuid);
    assertThat(ClientIds.timeOf(uuid)).isEqualTo(Instant.parse("2022-02-22T19:22:22Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
        "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
        "017f22e279b07cc398c4dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f "
      })
  void takes_no_other_text_for_one(String text) {
    assertThat(ClientIds.asVersion7(text)).isNull();
  }
}
