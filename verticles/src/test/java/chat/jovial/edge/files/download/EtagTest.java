package chat.jovial.edge.files.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EtagTest {
  private static final Etag TAG = Etag.ofHash("abc");

  @Test
  void if_none_match_compares_weakly_and_takes_lists() {
    assertThat(TAG.isIn(List.of("\"abc\""))).isTrue();
    assertThat(TAG.isIn(List.of("\"x\", W/\"abc\" "))).isTrue();
    assertThat(TAG.isIn(List.of("\"x\"", "\"abc\""))).isTrue();
    assertThat(TAG.isIn(List.of("*"))).isTrue();
    assertThat(TAG.isIn(List.of("abc"))).isFalse();
    assertThat(TAG.isIn(List.of())).isFalse();
  }

  @Test
  void if_range_compares_strongly() {
    assertThat(TAG.allowsRange(null)).isTrue();
    assertThat(TAG.allowsRange("\"abc\"")).isTrue();
    assertThat(TAG.allowsRange("W/\"abc\"")).isFalse();
    assertThat(TAG.allowsRange("\"x\"")).isFalse();
    assertThat(TAG.allowsRange("Wed, 21 Oct 2026 07:28:00 GMT")).isFalse();
  }
}
