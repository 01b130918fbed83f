package chat.jovial.images;

import chat.jovial.images.ImageHeader.Format;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * Maker of small pictures from untrusted images. The header of an image is checked before a decoder
 * reads it: its pixels are bounded, of large ones only some are decoded, and the decoder gets no
 * more bytes when its time is up. Blocks; any thread.
 */
public final class Previews {
  /** What the JDK decodes. */
  private static final Set<Format> DECODED =
      Set.of(Format.JPEG, Format.PNG, Format.GIF, Format.BMP);

  /** A progressive image is kept whole while it is decoded, at up to six bytes a pixel. */
  private static final int PROGRESSIVE_SHARE = 3;

  /** Passes over a progressive image: encoders make about ten, each costs as much as all of it. */
  private static final int MAX_SCANS = 32;

  /** Pixels decoded for each pixel of the preview and direction: enough to look smooth. */
  private static final int OVERSAMPLING = 2;

  private static final int OPAQUE = 0xff;

  static {
    // Otherwise each image goes through a temporary file.
    ImageIO.setUseCache(false);
  }

  private final int maxSide;
  private final long maxPixels;
  private final Duration timeLimit;

  /**
   * @param maxSide longest side of a preview, in pixels
   * @param maxPixels of an image that is decoded
   * @param timeLimit for one
   */
  public Previews(int maxSide, long maxPixels, Duration timeLimit) {
    this.maxSide = maxSide;
    this.maxPixels = maxPixels;
    this.timeLimit = timeLimit;
  }

  /** Whether it is worth fetching the rest of an image that begins like this. */
  public boolean isPossible(byte[] head) {
    return ImageHeader.of(head).filter(this::isDecodable).isPresent();
  }

  public Preview make(byte[] image) throws NoPreviewException {
    ImageHeader header =
        ImageHeader.of(image)
            .filter(this::isDecodable)
            .orElseThrow(() -> new NoPreviewException("not an image that can be decoded here"));
    if (header.format() == Format.GIF && !GifBlocks.reachImage(image)) {
      throw new NoPreviewException("it has no image, or more before it than any encoder writes");
    }
    if (header.format() == Format.JPEG && scansOf(image) > MAX_SCANS) {
      throw new NoPreviewException("it has more scans than any encoder makes");
    }
    try {
      return encoded(turned(shrunk(decoded(image, header)), header.orientation()));
    } catch (IOException | RuntimeException e) {
      // Decoders meet broken input with exceptions of any kind.
      throw new NoPreviewException("it is broken", e);
    }
  }

  private boolean isDecodable(ImageHeader header) {
    long most = header.progressive() ? maxPixels / PROGRESSIVE_SHARE : maxPixels;
    return DECODED.contains(header.format()) && header.pixels() <= most;
  }

  /** In a JPEG's data 0xff is followed by 0, so this finds markers only, or too many at worst. */
  private static int scansOf(byte[] jpeg) {
    int scans = 0;
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) 0xda) {
        scans++;
      }
    }
    return scans;
  }

  private BufferedImage decoded(byte[] image, ImageHeader header) throws IOException {
    Deadline deadline = new Deadline(timeLimit);
    ImageReader reader =
        ImageIO.getImageReadersByFormatName(header.format().name().toLowerCase(Locale.ROOT)).next();
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new DeadlineInput(image, deadline))) {
      reader.addIIOReadProgressListener(new DeadlineWatch(deadline));
      reader.setInput(input, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if ((long) width * height > maxPixels) {
        throw new IOException("it is larger than its header says");
      }
      int step = Math.max(1, Math.max(width, height) / (OVERSAMPLING * maxSide));
      ImageReadParam some = reader.getDefaultReadParam();
      some.setSourceSubsampling(step, step, 0, 0);
      BufferedImage decoded = reader.read(0, some);
      deadline.check();
      return decoded;
    } finally {
      reader.dispose();
    }
  }

  /** On a plain canvas, whatever kinds of colours the image has. */
  private BufferedImage shrunk(BufferedImage image) throws IOException {
    boolean transparent = image.getColorModel().hasAlpha();
    BufferedImage canvas =
        new BufferedImage(
            image.getWidth(),
            image.getHeight(),
            transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = canvas.createGraphics();
    graphics.drawImage(image, 0, 0, null);
    graphics.dispose();
    double scale = (double) maxSide / Math.max(canvas.getWidth(), canvas.getHeight());
    return scale >= 1
        ? canvas
        : Thumbnails.of(canvas)
            .forceSize(scaled(canvas.getWidth(), scale), scaled(canvas.getHeight(), scale))
            .asBufferedImage();
  }

  private static int scaled(int side, double scale) {
    return Math.max(1, (int) Math.round(side * scale));
  }

  private static BufferedImage turned(BufferedImage image, int orientation) {
    Orientation known = Orientation.typeOf(orientation);
    return known == null || known == Orientation.TOP_LEFT
        ? image
        : ExifFilterUtils.getFilterForOrientation(known).apply(image);
  }

  private static Preview encoded(BufferedImage image) throws IOException {
    boolean transparent = isTransparent(image);
    BufferedImage plain = image;
    if (!transparent && image.getColorModel().hasAlpha()) {
      plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = plain.createGraphics();
      graphics.drawImage(image, 0, 0, null);
      graphics.dispose();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(plain, transparent ? "png" : "jpeg", out)) {
      throw new IOException("there is no encoder for this preview");
    }
    return new Preview(transparent ? "image/png" : "image/jpeg", out.toByteArray());
  }

  private static boolean isTransparent(BufferedImage image) {
    if (!image.getColorModel().hasAlpha()) {
      return false;
    }
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (image.getRGB(x, y) >>> 24 != OPAQUE) {
          return true;
        }
      }
    }
    return false;
  }
}
