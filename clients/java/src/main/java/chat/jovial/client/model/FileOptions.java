package chat.jovial.client.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Options of a file that is sent.
 *
 * @param name as others see it; null for the file's own
 * @param mimeType null for what the system thinks; the server looks at the bytes anyway
 * @param text a caption
 * @param duration of a recording
 * @param voice whether it is a voice note
 * @param send as for any message
 */
public record FileOptions(
    @Nullable String name,
    @Nullable String mimeType,
    @Nullable String text,
    @Nullable Duration duration,
    boolean voice,
    SendOptions send) {
  public static final FileOptions NONE =
      new FileOptions(null, null, null, null, false, SendOptions.NONE);

  public FileOptions name(String shown) {
    return new FileOptions(shown, mimeType, text, duration, voice, send);
  }

  public FileOptions mimeType(String type) {
    return new FileOptions(name, type, text, duration, voice, send);
  }

  public FileOptions text(String caption) {
    return new FileOptions(name, mimeType, caption, duration, voice, send);
  }

  public FileOptions voice(Duration length) {
    return new FileOptions(name, mimeType, text, length, true, send);
  }

  public FileOptions send(SendOptions options) {
    return new FileOptions(name, mimeType, text, duration, voice, options);
  }
}
