package chat.jovial.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFactsTest {
  private static final Dimensions SIZE = new Dimensions(300, 200);

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp"})
  void the_size_is_read_from_the_header(String format) {
    byte[] image = TestImages.of(format, 300, 200, false);
    assertThat(ImageFacts.of(image)).contains(SIZE);
  }

  @Test
  void the_size_of_images_that_java_does_not_decode_is_known_too() {
    assertThat(
            ImageFacts.of(
                hex("52494646 00000000 57454250 56503858 0a000000 00000000 2b0100 c70000")))
        .contains(SIZE);
    assertThat(
            ImageFacts.of(
                hex("52494646 00000000 57454250 56503820 00000000 000000 9d012a 2c01 c800")))
        .contains(SIZE);
    byte[] avif = new byte[200];
    System.arraycopy("ftypavif".getBytes(StandardCharsets.US_ASCII), 0, avif, 4, 8);
    System.arraycopy(hex("69737065 00000000 0000012c 000000c8"), 0, avif, 100, 16);
    System.arraycopy(hex("69737065 00000000 00000010 00000010"), 0, avif, 150, 16);
    assertThat(ImageFacts.of(avif)).contains(SIZE);
  }

  @Test
  void an_image_that_lies_on_its_side_is_told_as_it_is_shown() {
    byte[] jpeg = TestImages.of("jpeg", 300, 200, false);
    for (int orientation = 1; orientation <= 8; orientation++) {
      assertThat(ImageFacts.of(TestImages.turned(jpeg, orientation)))
          .contains(orientation < 5 ? SIZE : new Dimensions(200, 300));
    }
    assertThat(ImageFacts.of(TestImages.turned(jpeg, 9))).contains(SIZE);
    assertThat(ImageFacts.of(TestImages.turned(jpeg, 0))).contains(SIZE);
  }

  @Test
  void what_is_no_image_has_no_size() {
    assertThat(ImageFacts.of(new byte[0])).isEmpty();
    assertThat(ImageFacts.of("hello, world".getBytes(StandardCharsets.US_ASCII))).isEmpty();
    assertThat(ImageFacts.of(TestImages.claiming(png(), 0, 5))).isEmpty();
    assertThat(ImageFacts.of(TestImages.claiming(png(), -1, 5))).isEmpty();
    assertThat(ImageFacts.of(TestImages.claiming(png(), Integer.MAX_VALUE, 5))).isEmpty();
  }

  @Test
  void no_bytes_do_harm() {
    Random random = new Random(4);
    for (String format : new String[] {"jpeg", "png", "gif", "bmp"}) {
      byte[] image = TestImages.turned(TestImages.of(format, 30, 20, false), 6);
      for (int length = 0; length < image.length; length += 7) {
        assertThat(ImageFacts.of(Arrays.copyOf(image, length))).isNotNull();
      }
      for (int i = 0; i < 2_000; i++) {
        byte[] broken = image.clone();
        for (int j = 0; j < 8; j++) {
          broken[random.nextInt(Math.min(broken.length, 80))] = (byte) random.nextInt();
        }
        assertThat(ImageFacts.of(broken)).isNotNull();
      }
    }
  }

  private static byte[] png() {
    return TestImages.of("png", 30, 20, false);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
