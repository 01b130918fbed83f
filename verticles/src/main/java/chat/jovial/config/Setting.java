package chat.jovial.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Setting: its key {@code section.name}, its default, its allowed values and its documentation.
 * From the key follow the environment variable {@code JOVIAL_SECTION_NAME} and the flag {@code
 * --section-name}.
 */
public final class Setting<T> {
  private static final String ENVIRONMENT_PREFIX = "JOVIAL_";

  private final String key;
  private final String defaultText;
  private final String allowed;
  private final String doc;
  private final boolean secret;
  private final Function<String, T> parser;

  private Setting(
      String key,
      String defaultText,
      String allowed,
      String doc,
      boolean secret,
      Function<String, T> parser) {
    this.key = key;
    this.defaultText = defaultText;
    this.allowed = allowed;
    this.doc = doc;
    this.secret = secret;
    this.parser = parser;
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  public static Setting<Integer> integer(
      String key, int defaultValue, int min, int max, String doc) {
    return new Setting<>(
        key,
        Integer.toString(defaultValue),
        "a whole number from " + min + " to " + max,
        doc,
        false,
        text -> {
          int value = Integer.parseInt(text);
          if (value < min || value > max) {
            throw new IllegalArgumentException("out of range");
          }
          return value;
        });
  }

  /** A duration such as {@code 500ms}, {@code 3s}, {@code 15m}, {@code 2h} or {@code 30d}. */
  public static Setting<Duration> duration(
      String key, Duration defaultValue, Duration min, Duration max, String doc) {
    return new Setting<>(
        key,
        DurationText.write(defaultValue),
        "a duration from "
            + DurationText.write(min)
            + " to "
            + DurationText.write(max)
            + ", written like 500ms, 3s, 15m, 2h or 30d",
        doc,
        false,
        text -> {
          Duration value = DurationText.read(text);
          if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException("out of range");
          }
          return value;
        });
  }

  /** Any text but an empty one. */
  public static Setting<String> text(String key, String defaultValue, String doc) {
    return new Setting<>(key, defaultValue, "a text", doc, false, Setting::notBlank);
  }

  /** A text that need not be given; an empty one counts as not given. */
  public static Setting<Optional<String>> optionalText(String key, String doc) {
    return new Setting<>(key, "", "a text, or nothing", doc, false, Setting::ofNullable);
  }

  /** As {@link #optionalText}, and never shown to anyone. */
  public static Setting<Optional<String>> secret(String key, String doc) {
    return new Setting<>(key, "", "a text, or nothing", doc, true, Setting::ofNullable);
  }

  public static Setting<Boolean> flag(String key, boolean defaultValue, String doc) {
    return new Setting<>(
        key,
        Boolean.toString(defaultValue),
        "true or false",
        doc,
        false,
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "on", "yes" -> true;
              case "false", "off", "no" -> false;
              default -> throw new IllegalArgumentException("neither true nor false");
            });
  }

  /** One of a few words. */
  public static Setting<String> choice(
      String key, String defaultValue, List<String> allowed, String doc) {
    List<String> words = List.copyOf(allowed);
    return new Setting<>(
        key,
        defaultValue,
        "one of " + String.join(", ", words),
        doc,
        false,
        text -> {
          if (!words.contains(text)) {
            throw new IllegalArgumentException("not one of the words");
          }
          return text;
        });
  }

  /** Texts separated by commas; in the file a list. */
  public static Setting<List<String>> list(String key, List<String> defaultValue, String doc) {
    return new Setting<>(
        key,
        String.join(",", defaultValue),
        "a list, separated by commas",
        doc,
        false,
        text ->
            Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList());
  }

  /** Its name in the file: {@code section.name}. */
  public String key() {
    return key;
  }

  public String environmentVariable() {
    return ENVIRONMENT_PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  public String flagName() {
    return "--" + key.replace('.', '-').replace('_', '-');
  }

  /** The default as it would be written in the file; empty if there is none. */
  public String defaultText() {
    return defaultText;
  }

  /** What it may be, for a person. */
  public String allowed() {
    return allowed;
  }

  /** What it is for, and why its default is what it is. */
  public String doc() {
    return doc;
  }

  public boolean isSecret() {
    return secret;
  }

  /**
   * @throws IllegalArgumentException if the text is not {@link #allowed}
   */
  T parse(String text) {
    return parser.apply(text.strip());
  }

  T defaultValue() {
    return parser.apply(defaultText);
  }

  @Override
  public String toString() {
    return key;
  }

  private static String notBlank(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("empty");
    }
    return text;
  }

  private static Optional<String> ofNullable(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }
}
