package chat.jovial.contract.fss;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Request;
import org.jspecify.annotations.Nullable;

/**
 * Begins a file that nobody can read until it is complete.
 *
 * @param name as the uploader calls it; shown to readers, never used as a path
 * @param mimeType as the uploader declares it; the bytes have the last word
 * @param length bytes; null if it is not known yet
 */
public record CreateUpload(
    FilePlace place, @Nullable String name, @Nullable String mimeType, @Nullable Long length)
    implements Request {
  private static final int MAX_NAME_CHARACTERS = 255;
  private static final int MAX_TYPE_CHARACTERS = 255;

  public CreateUpload {
    Checks.checkOptionalText("name", name, MAX_NAME_CHARACTERS);
    Checks.checkOptionalText("mime_type", mimeType, MAX_TYPE_CHARACTERS);
    if (length != null) {
      Checks.checkRange("length", length, 0, Long.MAX_VALUE);
    }
  }
}
