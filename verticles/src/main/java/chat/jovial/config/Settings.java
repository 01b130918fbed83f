package chat.jovial.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Effective values of the settings, wherever they came from. Immutable. */
public final class Settings {
  /**
   * A value as it was written.
   *
   * @param origin where, for a person: a flag, a variable or a file
   * @param atStart by who started the server, not in the file
   */
  record Given(String text, String origin, boolean atStart) {}

  private final Map<String, Given> givenByKey;

  Settings(Map<String, Given> givenByKey) {
    this.givenByKey = Map.copyOf(givenByKey);
  }

  /** The defaults, but for the values given by key; for tests and for programs. */
  public static Settings of(Map<String, String> valueByKey) {
    Map<String, Given> given = new LinkedHashMap<>();
    valueByKey.forEach((key, text) -> given.put(key, new Given(text, "the program", true)));
    return new Settings(given);
  }

  /**
   * The value of a setting, or its default.
   *
   * @throws InvalidSettingsException if the value is not allowed
   */
  public <T> T get(Setting<T> setting) {
    Given given = givenByKey.get(setting.key());
    if (given == null) {
      return setting.defaultValue();
    }
    String problem = problemOf(setting, given);
    if (problem != null) {
      throw new InvalidSettingsException(List.of(problem));
    }
    return setting.parse(given.text());
  }

  /** The same settings, but for one. */
  public Settings with(Setting<?> setting, String text) {
    Map<String, Given> given = new LinkedHashMap<>(givenByKey);
    given.put(setting.key(), new Given(text, "the program", true));
    return new Settings(given);
  }

  /** Where the value of a setting came from; {@code default} if it was not given. */
  public String originOf(Setting<?> setting) {
    Given given = givenByKey.get(setting.key());
    return given == null ? "default" : given.origin();
  }

  /** Whether it was given by a flag, a variable or a program, and not in the file. */
  public boolean isGivenAtStart(Setting<?> setting) {
    Given given = givenByKey.get(setting.key());
    return given != null && given.atStart();
  }

  /** The value as it was written; secrets are not shown. */
  public String textOf(Setting<?> setting) {
    Given given = givenByKey.get(setting.key());
    if (given == null) {
      return setting.defaultText();
    }
    return setting.isSecret() && !given.text().isBlank() ? "(secret)" : given.text();
  }

  /** What is wrong with a value, or null if nothing is. */
  static @Nullable String problemOf(Setting<?> setting, Given given) {
    try {
      setting.parse(given.text());
      return null;
    } catch (IllegalArgumentException e) {
      String shown = setting.isSecret() ? "(secret)" : given.text();
      return "The setting %s is '%s' (from %s), but must be %s."
          .formatted(setting.key(), shown, given.origin(), setting.allowed());
    }
  }
}
