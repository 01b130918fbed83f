package chat.jovial.edge.files.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DispositionTest {
  @Test
  void a_plain_name_is_given_as_it_is() {
    assertThat(Disposition.of(true, "holiday 1.jpg"))
        .isEqualTo("inline; filename=\"holiday 1.jpg\"");
    assertThat(Disposition.of(false, "a.zip")).isEqualTo("attachment; filename=\"a.zip\"");
  }

  @Test
  void without_a_name_only_the_kind_is_said() {
    assertThat(Disposition.of(true, null)).isEqualTo("inline");
    assertThat(Disposition.of(false, "../..")).isEqualTo("attachment");
  }

  @Test
  void other_letters_are_encoded_and_old_readers_get_a_likeness() {
    assertThat(Disposition.of(false, "Grüße €.txt"))
        .isEqualTo(
            "attachment; filename=\"Gr__e _.txt\";"
                + " filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%E2%82%AC.txt");
  }

  @Test
  void paths_are_cut_off() {
    assertThat(SafeName.of("../../etc/passwd")).isEqualTo("passwd");
    assertThat(SafeName.of("C:\\Windows\\system.ini")).isEqualTo("system.ini");
    assertThat(SafeName.of("..")).isEmpty();
    assertThat(SafeName.of(".bashrc")).isEqualTo("bashrc");
    assertThat(SafeName.of("a/")).isEmpty();
  }

  @Test
  void nothing_can_break_out_of_the_header() {
    assertThat(SafeName.of("a\r\nSet-Cookie: x=y\r\n.txt")).isEqualTo("aSet-Cookie_ x=y.txt");
    assertThat(SafeName.of("a\0b\tc\u007fd\u0085e")).isEqualTo("abcde");
    assertThat(Disposition.of(false, "a\"; filename=\"b.exe"))
        .isEqualTo("attachment; filename=\"a__ filename=_b.exe\"");
    assertThat(Disposition.of(false, "50%41.txt")).isEqualTo("attachment; filename=\"50_41.txt\"");
  }

  @Test
  void a_name_cannot_look_like_another_type() {
    // Shown as "photoexe.jpg" by whoever turns the direction.
    assertThat(SafeName.of("photo\u202egpj.exe")).isEqualTo("photogpj.exe");
    assertThat(SafeName.of("a\u200fb\u2066c\u2069\u061c\ufeff\u200b.txt")).isEqualTo("abc.txt");
    assertThat(SafeName.of("virus.exe. . ")).isEqualTo("virus.exe");
    assertThat(SafeName.of("half\ud800.txt")).isEqualTo("half.txt");
  }

  @Test
  void devices_are_no_names() {
    assertThat(SafeName.of("con")).isEqualTo("_con");
    assertThat(SafeName.of("COM1.txt")).isEqualTo("_COM1.txt");
    assertThat(SafeName.of("console.txt")).isEqualTo("console.txt");
  }

  @Test
  void long_names_keep_their_extension() {
    String name = SafeName.of("ü".repeat(300) + ".jpeg");
    assertThat(name).endsWith("ü.jpeg");
    assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(SafeName.MAX_BYTES);
    assertThat(SafeName.of("👋".repeat(300))).matches("(👋){50}");
    assertThat(SafeName.of("." + "x".repeat(300))).hasSize(SafeName.MAX_BYTES);
  }
}
