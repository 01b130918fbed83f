package chat.jovial.edge.files.download;

import java.util.Locale;
import java.util.Set;

/**
 * A file's name as it may be offered to a reader's file system: whatever an uploader called it, it
 * is a plain name that looks like what it is.
 */
final class SafeName {
  /** Below what file systems allow, also in UTF-8. */
  static final int MAX_BYTES = 200;

  /** Longer endings are no type. */
  private static final int MAX_EXTENSION = 16;

  /** What Windows takes for devices, whatever the extension. */
  private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");

  private static final String NUMBERED_DEVICE = "(com|lpt)[0-9¹²³]";

  private SafeName() {}

  /** Empty if nothing is left of it. */
  static String of(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder kept = new StringBuilder();
    last.codePoints()
        .filter(SafeName::isVisible)
        .map(SafeName::plain)
        .forEach(kept::appendCodePoint);
    // No hidden file, no relative path, and nothing that Windows would cut off at the end.
    String trimmed = kept.toString().replaceAll("^[.\\s]+|[.\\s]+$", "");
    return shortened(isDevice(trimmed) ? "_" + trimmed : trimmed);
  }

  /** Control and format characters, among them those that turn the direction, are left out. */
  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static int plain(int c) {
    return "\"<>|:*?%;".indexOf(c) >= 0 ? '_' : c;
  }

  private static boolean isDevice(String name) {
    int dot = name.indexOf('.');
    String base = (dot < 0 ? name : name.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
    return DEVICES.contains(base) || base.matches(NUMBERED_DEVICE);
  }

  /** In the middle, so that the extension stays. */
  private static String shortened(String name) {
    int dot = name.lastIndexOf('.');
    boolean typed = dot > 0 && name.length() - dot <= MAX_EXTENSION;
    String extension = typed ? name.substring(dot) : "";
    StringBuilder base = new StringBuilder(typed ? name.substring(0, dot) : name);
    while (bytes(base) + bytes(extension) > MAX_BYTES) {
      base.setLength(base.offsetByCodePoints(base.length(), -1));
    }
    return base + extension;
  }

  private static int bytes(CharSequence text) {
    return text.codePoints().map(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4).sum();
  }
}
