package chat.jovial.edge.files.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "image/avif",
        "video/mp4",
        "video/webm",
        "audio/ogg",
        "audio/mpeg",
        "IMAGE/PNG"
      })
  void pictures_films_and_sounds_are_shown(String type) {
    assertThat(ContentTypes.isShown(type)).isTrue();
    assertThat(ContentTypes.sent(type)).isEqualTo(type.toLowerCase(java.util.Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "text/html; charset=utf-8",
        "application/xhtml+xml",
        "image/svg+xml",
        "IMAGE/SVG+XML",
        "text/xml",
        "application/xml",
        "application/pdf",
        "application/zip",
        "application/octet-stream",
        "multipart/x-mixed-replace",
        "message/rfc822",
        "video/\r\nX: y",
        "videos/mp4",
        "",
        "nonsense"
      })
  void everything_else_is_an_attachment(String type) {
    assertThat(ContentTypes.isShown(type)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/javascript",
        "application/javascript",
        "application/x-javascript; charset=utf-8",
        "text/ecmascript",
        "text/css",
        "application/wasm",
        "video/mp4\r\nX-Evil: 1",
        "text/plain\nX: y",
        "a b/c",
        "none",
        ""
      })
  void what_a_page_could_run_or_what_is_no_type_is_plain_bytes(String type) {
    assertThat(ContentTypes.sent(type)).isEqualTo("application/octet-stream");
  }

  @Test
  void a_type_loses_its_parameters_but_the_charset_of_text() {
    assertThat(ContentTypes.sent("video/mp4; codecs=\"avc1\"")).isEqualTo("video/mp4");
    assertThat(ContentTypes.sent("text/plain")).isEqualTo("text/plain; charset=utf-8");
    assertThat(ContentTypes.sent("text/plain; charset=windows-1252"))
        .isEqualTo("text/plain; charset=windows-1252");
    assertThat(ContentTypes.sent("text/plain; charset=\"x\r\n\""))
        .isEqualTo("text/plain; charset=utf-8");
    assertThat(ContentTypes.isShown("text/plain; charset=utf-8")).isTrue();
  }
}
