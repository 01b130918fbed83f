package chat.jovial.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginPolicyTest {
  @ParameterizedTest
  @CsvSource({
    "https://chat.example.com, chat.example.com, true",
    "https://chat.example.com, chat.example.com:443, true",
    "https://chat.example.com, CHAT.example.com, true",
    "http://chat.example.com, chat.example.com:80, true",
    "http://127.0.0.1:8080, 127.0.0.1:8080, true",
    "http://[::1]:8080, '[::1]:8080', true",
    "https://[::1], '[::1]:443', true",
    "https://chat.example.com, chat.example.com:80, false",
    "https://chat.example.com:8443, chat.example.com, false",
    "https://chat.example.com.evil.net, chat.example.com, false",
    "https://evil.net, chat.example.com, false",
    "null, null, false",
    "file://chat.example.com, chat.example.com, false",
    "https://chat.example.com, , false",
  })
  void pages_of_the_same_host_and_port_are_own_ones(String origin, String host, boolean own) {
    assertThat(OriginPolicy.isSameHost(origin, host)).isEqualTo(own);
  }
}
