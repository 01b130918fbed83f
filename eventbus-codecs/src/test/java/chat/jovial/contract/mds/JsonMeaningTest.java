package chat.jovial.contract.mds;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonMeaningTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"type\":\"x\",\"a\":1,\"b\":2}     | {\"b\":2,\"a\":1,\"type\":\"x\"}",
        "{\"type\":\"x\",\"a\":\"\\u00e9\\/\"} | {\"type\":\"x\",\"a\":\"é/\"}",
        "{\"type\":\"x\",\"a\":1e2}           | {\"type\":\"x\",\"a\":100}",
        "{\"type\":\"x\",\"a\":100.0}         | {\"type\":\"x\",\"a\":1.00e+2}",
        "{\"type\":\"x\",\"a\":-0}            | {\"type\":\"x\",\"a\":0.0}",
        "{\"type\":\"x\",\"a\":333333333.33333329} | {\"type\":\"x\",\"a\":333333333.3333333}",
        "{\"type\":\"x\",\"a\":[{\"b\":1,\"c\":[]}]} |"
            + " {\"type\":\"x\",\"a\":[{\"c\":[],\"b\":1.0}]}",
      })
  void the_same_in_other_words_is_the_same(String one, String other) throws Exception {
    assertThat(body(one).isSameAs(body(other))).isTrue();
    assertThat(body(other).isSameAs(body(one))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"type\":\"x\",\"a\":1}      | {\"type\":\"x\",\"a\":2}",
        "{\"type\":\"x\",\"a\":1}      | {\"type\":\"x\",\"a\":\"1\"}",
        "{\"type\":\"x\",\"a\":1}      | {\"type\":\"x\",\"a\":true}",
        "{\"type\":\"x\",\"a\":null}   | {\"type\":\"x\"}",
        "{\"type\":\"x\",\"a\":[1,2]}  | {\"type\":\"x\",\"a\":[2,1]}",
        "{\"type\":\"x\",\"a\":\"\"}   | {\"type\":\"x\",\"a\":{}}",
        "{\"type\":\"x\",\"a\":9007199254740992} | {\"type\":\"x\",\"a\":9007199254740993}",
        "{\"type\":\"x\",\"a\":1e400}  | {\"type\":\"x\",\"a\":1e401}",
      })
  void what_means_something_else_is_another_message(String one, String other) throws Exception {
    assertThat(body(one).isSameAs(body(other))).isFalse();
    assertThat(body(other).isSameAs(body(one))).isFalse();
  }

  private static Body body(String json) throws JsonProcessingException {
    return Body.of(Json.MAPPER.readTree(json));
  }
}
