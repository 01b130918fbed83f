package chat.jovial.fss.upload;

import chat.jovial.images.Dimensions;
import chat.jovial.images.ImageFacts;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/**
 * Detector of MIME types by the first bytes of a file (Tika's magic numbers). The declared type
 * counts only where the bytes leave it open: text may be of any kind of text, a zip archive a
 * document.
 */
public final class FileTypes {
  private final WorkerExecutor workers;

  /** Type by the bytes; the size in pixels is there for images only. */
  record FileType(String mimeType, @Nullable Integer width, @Nullable Integer height) {}

  /** Loaded when the first file is looked at: it is a large table. */
  private static final class Loaded {
    static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();
    static final MediaTypeRegistry REGISTRY = TYPES.getMediaTypeRegistry();
  }

  /**
   * @param workers threads on which hostile bytes are looked at; it has few, and they are nobody
   *     else's
   */
  public FileTypes(WorkerExecutor workers) {
    this.workers = workers;
  }

  /**
   * @param head the first bytes, up to a chunk
   */
  public Future<FileType> of(byte[] head, @Nullable String name, String declared) {
    return workers.executeBlocking(() -> typeAndSize(head, typeOf(head, name, declared)), false);
  }

  private static FileType typeAndSize(byte[] head, String mimeType) {
    Optional<Dimensions> size =
        mimeType.startsWith("image/") ? ImageFacts.of(head) : Optional.empty();
    return new FileType(
        mimeType,
        size.map(Dimensions::width).orElse(null),
        size.map(Dimensions::height).orElse(null));
  }

  public static String typeOf(byte[] head, @Nullable String name, String declared) {
    MediaType detected = detect(head, null);
    MediaType said = MediaType.parse(declared);
    if (said != null && agrees(detected, said)) {
      return said.getBaseType().toString();
    }
    MediaType named = detect(head, name);
    return (agrees(detected, named) ? named : detected).getBaseType().toString();
  }

  /** Whether a type may be what the bytes are: that, a kind of it, or something without a sign. */
  private static boolean agrees(MediaType detected, MediaType type) {
    MediaType base = type.getBaseType();
    if (base.equals(detected.getBaseType())) {
      return true;
    }
    if (detected.equals(MediaType.OCTET_STREAM)) {
      return !base.getType().equals("text") && !hasSign(base);
    }
    return !hasSign(base)
        && Loaded.REGISTRY.isSpecializationOf(base, detected)
        && !detected.equals(MediaType.OCTET_STREAM);
  }

  /** Whether files of the type begin with bytes that would have been recognised. */
  private static boolean hasSign(MediaType type) {
    try {
      return Optional.ofNullable(Loaded.TYPES.getRegisteredMimeType(type.toString()))
          .map(known -> known.hasMagic())
          .orElse(false);
    } catch (MimeTypeException e) {
      return false;
    }
  }

  private static MediaType detect(byte[] head, @Nullable String name) {
    Metadata metadata = new Metadata();
    if (name != null) {
      metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
    }
    try (InputStream input = new ByteArrayInputStream(head)) {
      return Loaded.TYPES.detect(input, metadata);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
