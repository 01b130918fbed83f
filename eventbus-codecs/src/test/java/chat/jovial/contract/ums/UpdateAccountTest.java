package chat.jovial.contract.ums;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UpdateAccountTest {
  @Test
  void a_null_is_not_the_same_as_a_field_left_out_also_after_the_bus() {
    UpdateAccount read =
        read("{\"profile\":{\"phone\":null},\"preferences\":{\"a\":null,\"b\":\"1\"}}");
    byte[] again = Json.write(read);

    assertThat(new String(again, StandardCharsets.UTF_8))
        .isEqualTo("{\"profile\":{\"phone\":null},\"preferences\":{\"a\":null,\"b\":\"1\"}}");
    assertThat(Json.write(read("{\"preferences\":{}}")))
        .asString()
        .isEqualTo("{\"preferences\":{}}");
  }

  @Test
  void what_does_not_fit_is_named() {
    assertRefused("{}", "give profile");
    assertRefused("{\"profile\":{\"name\":5}}", "profile.name");
    assertRefused("{\"profile\":{\"name\":\"" + "x".repeat(101) + "\"}}", "profile.name");
    assertRefused("{\"preferences\":{\"presence\":\"me\"}}", "everyone, contacts, nobody");
    assertRefused("{\"preferences\":{\"a.b\":\"1\"}}", "preferences");
    assertRefused("{\"preferences\":{\"$set\":\"1\"}}", "preferences");
    assertRefused("{\"preferences\":{\"a\":\"" + "x".repeat(257) + "\"}}", "preferences.a");
    Map<String, String> many =
        IntStream.range(0, 65).boxed().collect(Collectors.toMap(i -> "p" + i, i -> "v"));
    assertThatThrownBy(() -> new UpdateAccount(null, many)).hasMessageContaining("64");
  }

  private static UpdateAccount read(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return Json.read(bytes, 0, bytes.length, UpdateAccount.class);
  }

  private static void assertRefused(String json, String naming) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(JovialException.class)
        .hasMessageContaining(naming);
  }
}
