package chat.jovial.config;

import chat.jovial.config.Settings.Given;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Loader of settings from file, environment and flags, each of which overrides the one before;
 * reports everything that is wrong at once.
 */
public final class SettingsLoader {
  private static final String ENVIRONMENT_PREFIX = "JOVIAL_";

  /** Variables that the launcher script reads; no settings of the server. */
  private static final Set<String> LAUNCHER_VARIABLES =
      Set.of("JOVIAL_CONFIG", "JOVIAL_HOME", "JOVIAL_JAVA_OPTIONS");

  private final List<Setting<?>> known;
  private final Map<String, Given> given = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  public SettingsLoader(Collection<? extends Setting<?>> known) {
    this.known = List.copyOf(known);
  }

  /** Takes the values of a YAML file with one map for each section. */
  public SettingsLoader file(Path file) {
    JsonNode root;
    try {
      root = new YAMLMapper().readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      problems.add(
          "The file %s is not YAML, see line %d."
              .formatted(file, e.getLocation() == null ? 1 : e.getLocation().getLineNr()));
      return this;
    } catch (IOException e) {
      problems.add("The file %s with the settings cannot be read.".formatted(file));
      return this;
    }
    Map<String, Setting<?>> byKey = knownBy(Setting::key);
    for (Map.Entry<String, JsonNode> section : root.properties()) {
      if (!section.getValue().isObject()) {
        if (!section.getValue().isNull()) {
          problems.add(
              "In the file %s, %s must be a section with settings below it."
                  .formatted(file, section.getKey()));
        }
        continue;
      }
      for (Map.Entry<String, JsonNode> value : section.getValue().properties()) {
        String key = section.getKey() + "." + value.getKey();
        if (!value.getValue().isNull()) {
          take(byKey, key, textOf(value.getValue()), "the file " + file, false);
        } else if (!byKey.containsKey(key)) {
          unknown(key, "the file " + file, byKey.keySet());
        }
      }
    }
    return this;
  }

  /** Takes the variables that begin with {@code JOVIAL_}. */
  public SettingsLoader environment(Map<String, String> variables) {
    Map<String, Setting<?>> byVariable = knownBy(Setting::environmentVariable);
    new TreeMap<>(variables)
        .forEach(
            (name, text) -> {
              if (name.startsWith(ENVIRONMENT_PREFIX) && !LAUNCHER_VARIABLES.contains(name)) {
                take(byVariable, name, text, "the environment variable " + name, true);
              }
            });
    return this;
  }

  /** Takes {@code --section-name value} and {@code --section-name=value}. */
  public SettingsLoader flags(List<String> arguments) {
    Map<String, Setting<?>> byFlag = knownBy(Setting::flagName);
    Iterator<String> left = arguments.iterator();
    while (left.hasNext()) {
      String argument = left.next();
      if (!argument.startsWith("--")) {
        problems.add("'%s' is not a flag; flags are --section-name value.".formatted(argument));
        continue;
      }
      int equals = argument.indexOf('=');
      String flag = equals < 0 ? argument : argument.substring(0, equals);
      if (equals >= 0) {
        take(byFlag, flag, argument.substring(equals + 1), "the flag " + flag, true);
      } else if (left.hasNext()) {
        take(byFlag, flag, left.next(), "the flag " + flag, true);
      } else if (byFlag.containsKey(flag)) {
        problems.add("The flag %s needs a value.".formatted(flag));
      } else {
        unknown(flag, "the command line", byFlag.keySet());
      }
    }
    return this;
  }

  /**
   * The settings.
   *
   * @throws InvalidSettingsException naming all that is unknown or not allowed
   */
  public Settings load() {
    for (Setting<?> setting : known) {
      Given value = given.get(setting.key());
      String problem = value == null ? null : Settings.problemOf(setting, value);
      if (problem != null) {
        problems.add(problem);
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return new Settings(given);
  }

  private void take(
      Map<String, Setting<?>> byName, String name, String text, String origin, boolean atStart) {
    Setting<?> setting = byName.get(name);
    if (setting == null) {
      unknown(name, origin, byName.keySet());
    } else {
      given.put(setting.key(), new Given(text, origin, atStart));
    }
  }

  private void unknown(String name, String origin, Set<String> names) {
    String hint =
        NearestName.to(name, names)
            .map(nearest -> " Did you mean %s?".formatted(nearest))
            .orElse(" conf/jovial.yaml lists all settings.");
    problems.add("There is no setting %s (from %s).%s".formatted(name, origin, hint));
  }

  private Map<String, Setting<?>> knownBy(Function<Setting<?>, String> name) {
    Map<String, Setting<?>> byName = new HashMap<>();
    known.forEach(setting -> byName.put(name.apply(setting), setting));
    return byName;
  }

  private static String textOf(JsonNode value) {
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(","))
        : value.isObject() ? value.toString() : value.asText();
  }
}
