package chat.jovial.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the records' compact constructors check with: each refuses with the name of the field. */
public final class Checks {
  private Checks() {}

  /** A text that must be there, not blank, well-formed and at most {@code maxCharacters} long. */
  public static String checkText(String field, @Nullable String value, int maxCharacters) {
    String text = checkPresent(field, value);
    if (text.isBlank()) {
      throw JovialException.invalid(field + " must not be empty");
    }
    return checkCharacters(field, text, maxCharacters);
  }

  /** The same for a text that may be missing. */
  public static @Nullable String checkOptionalText(
      String field, @Nullable String value, int maxCharacters) {
    return value == null ? null : checkText(field, value, maxCharacters);
  }

  public static <T> T checkPresent(String field, @Nullable T value) {
    if (value == null) {
      throw JovialException.invalid(field + " is missing");
    }
    return value;
  }

  public static long checkRange(String field, long value, long min, long max) {
    if (value < min || value > max) {
      throw JovialException.invalid(
          field + " must be between " + min + " and " + max + ", but is " + value);
    }
    return value;
  }

  public static long checkSeq(String field, long value) {
    if (value < 1) {
      throw JovialException.invalid(field + " must be a seq, 1 or greater, but is " + value);
    }
    return value;
  }

  /** The same for one that may be missing. */
  public static @Nullable Long checkOptionalSeq(String field, @Nullable Long value) {
    return value == null ? null : Long.valueOf(checkSeq(field, value));
  }

  /** An immutable copy of a list that must be there, without nulls, of at most that size. */
  public static <T> List<T> checkList(String field, @Nullable List<T> value, int maxSize) {
    List<T> list = checkPresent(field, value);
    if (list.size() > maxSize) {
      throw JovialException.invalid(
          field + " must have at most " + maxSize + " elements, but has " + list.size());
    }
    for (T element : list) {
      if (element == null) {
        throw JovialException.invalid(field + " must not contain null");
      }
    }
    return List.copyOf(list);
  }

  /**
   * Refuses half surrogate pairs: they are no characters, UTF-8 has no form for them, and a store
   * that replaced them would break the promise that the same request is recognised again.
   */
  static String checkCharacters(String field, String value, int maxCharacters) {
    if (value.length() > maxCharacters) {
      throw JovialException.invalid(
          field + " must have at most " + maxCharacters + " characters, but has " + value.length());
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(i + 1));
        if (!pair) {
          throw JovialException.invalid(field + " contains half of a surrogate pair");
        }
        i++;
      }
    }
    return value;
  }
}
