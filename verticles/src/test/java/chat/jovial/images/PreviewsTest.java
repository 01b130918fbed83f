package chat.jovial.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewsTest {
  private static final int SIDE = 480;
  private static final Previews PREVIEWS = new Previews(SIDE, 4_000_000, Duration.ofSeconds(30));

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp"})
  void a_large_image_becomes_a_small_jpeg(String format) throws NoPreviewException {
    Preview preview = PREVIEWS.make(TestImages.of(format, 2_000, 1_000, false));

    assertThat(preview.mimeType()).isEqualTo("image/jpeg");
    BufferedImage shown = TestImages.read(preview.bytes());
    assertThat(shown.getWidth()).isEqualTo(SIDE);
    assertThat(shown.getHeight()).isEqualTo(SIDE / 2);
    assertRed(shown.getRGB(10, 100));
    assertBlue(shown.getRGB(470, 100));
  }

  @Test
  void what_is_see_through_stays_so() throws NoPreviewException {
    Preview preview = PREVIEWS.make(TestImages.of("png", 1_000, 1_000, true));
    assertThat(preview.mimeType()).isEqualTo("image/png");
    assertThat(TestImages.read(preview.bytes()).getRGB(5, 5) >>> 24).isZero();
  }

  @Test
  void small_images_are_not_made_larger() throws NoPreviewException {
    BufferedImage shown =
        TestImages.read(PREVIEWS.make(TestImages.of("png", 20, 10, false)).bytes());
    assertThat(shown.getWidth()).isEqualTo(20);
    assertThat(shown.getHeight()).isEqualTo(10);
  }

  @Test
  void a_thin_line_stays_one() throws NoPreviewException {
    BufferedImage shown =
        TestImages.read(PREVIEWS.make(TestImages.of("png", 20_000, 2, false)).bytes());
    assertThat(shown.getWidth()).isEqualTo(SIDE);
    assertThat(shown.getHeight()).isEqualTo(1);
  }

  @Test
  void pictures_are_put_upright() throws NoPreviewException {
    byte[] jpeg = TestImages.of("jpeg", 600, 300, false);
    BufferedImage clockwise = TestImages.read(PREVIEWS.make(TestImages.turned(jpeg, 6)).bytes());
    assertThat(clockwise.getWidth()).isEqualTo(SIDE / 2);
    assertThat(clockwise.getHeight()).isEqualTo(SIDE);
    assertRed(clockwise.getRGB(100, 10));
    assertBlue(clockwise.getRGB(100, 470));
    BufferedImage upsideDown = TestImages.read(PREVIEWS.make(TestImages.turned(jpeg, 3)).bytes());
    assertBlue(upsideDown.getRGB(10, 100));
  }

  @Test
  void progressive_images_are_decoded_if_they_are_not_too_large() throws NoPreviewException {
    assertThat(PREVIEWS.make(TestImages.progressiveJpeg(1_000, 500)).bytes()).isNotEmpty();
    assertThat(PREVIEWS.isPossible(TestImages.progressiveJpeg(1_600, 1_000))).isFalse();
    assertThat(PREVIEWS.isPossible(TestImages.of("jpeg", 1_600, 1_000, false))).isTrue();
  }

  @Test
  void decompression_bombs_are_refused_by_what_they_claim() {
    byte[] bomb = TestImages.claiming(TestImages.of("png", 10, 10, false), 50_000, 50_000);
    assertThat(PREVIEWS.isPossible(bomb)).isFalse();
    assertNone(bomb);
  }

  @Test
  void a_jpeg_with_thousands_of_scans_is_refused() {
    byte[] jpeg = TestImages.progressiveJpeg(1_000, 500);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.write(jpeg, 0, jpeg.length - 2);
    for (int i = 0; i < 3_000; i++) {
      many.writeBytes(new byte[] {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 0, 0});
    }
    many.write(jpeg, jpeg.length - 2, 2);
    assertThatThrownBy(() -> PREVIEWS.make(many.toByteArray()))
        .isInstanceOf(NoPreviewException.class)
        .hasMessageContaining("scans");
  }

  @Test
  void no_more_bytes_are_given_to_a_decoder_whose_time_is_up() {
    Previews impatient = new Previews(SIDE, 4_000_000, Duration.ZERO);
    assertThatThrownBy(() -> impatient.make(TestImages.of("png", 100, 100, false)))
        .isInstanceOf(NoPreviewException.class);
  }

  @Test
  void broken_images_have_no_preview_and_do_no_harm() {
    assertNone(new byte[0]);
    assertNone("GIF89a".getBytes());
    assertNone(TestImages.claiming(TestImages.of("png", 10, 10, false), 1_000, 1_000));
    Random random = new Random(5);
    for (String format : new String[] {"jpeg", "png", "gif", "bmp"}) {
      byte[] image = TestImages.of(format, 40, 30, false);
      for (int i = 0; i < 300; i++) {
        byte[] broken = image.clone();
        for (int j = 0; j < 5; j++) {
          broken[random.nextInt(broken.length)] = (byte) random.nextInt();
        }
        try {
          assertThat(PREVIEWS.make(broken).bytes()).isNotEmpty();
        } catch (NoPreviewException e) {
          assertThat(e).hasMessageNotContaining("null");
        }
      }
    }
  }

  private static void assertNone(byte[] image) {
    assertThatThrownBy(() -> PREVIEWS.make(image)).isInstanceOf(NoPreviewException.class);
  }

  private static void assertRed(int rgb) {
    assertThat(rgb >> 16 & 0xff).isGreaterThan(200);
    assertThat(rgb & 0xff).isLessThan(60);
  }

  private static void assertBlue(int rgb) {
    assertThat(rgb & 0xff).isGreaterThan(200);
    assertThat(rgb >> 16 & 0xff).isLessThan(60);
  }

  @Test
  void a_gif_with_an_extension_without_end_is_refused_without_a_decoder() {
    java.io.ByteArrayOutputStream gif = new java.io.ByteArrayOutputStream();
    gif.writeBytes("GIF89a".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    gif.writeBytes(new byte[] {10, 0, 10, 0, 0, 0, 0, 0x21, (byte) 0xfe});
    byte[] block = new byte[256];
    block[0] = (byte) 0xff;
    for (int i = 0; i < 70_000; i++) {
      gif.writeBytes(block);
    }
    assertThat(GifBlocks.reachImage(gif.toByteArray())).isFalse();
  }

  @Test
  void a_gif_with_a_comment_has_an_image_behind_it() {
    byte[] head = "GIF89a".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    java.io.ByteArrayOutputStream gif = new java.io.ByteArrayOutputStream();
    gif.writeBytes(head);
    // A table of two colours, a comment of three bytes, an image.
    gif.writeBytes(new byte[] {10, 0, 10, 0, (byte) 0x80, 0, 0, 1, 2, 3, 4, 5, 6});
    gif.writeBytes(new byte[] {0x21, (byte) 0xfe, 3, 'a', 'b', 'c', 0, 0x2c, 0, 0});
    assertThat(GifBlocks.reachImage(gif.toByteArray())).isTrue();
  }
}
