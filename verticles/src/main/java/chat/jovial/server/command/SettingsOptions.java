package chat.jovial.server.command;

import chat.jovial.config.ProjectHome;
import chat.jovial.config.Settings;
import chat.jovial.config.SettingsLoader;
import chat.jovial.server.settings.AllSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Sources of the settings of a command: file, environment, flags. */
final class SettingsOptions {
  private static final String CONFIG_VARIABLE = "JOVIAL_CONFIG";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The file with the settings; else JOVIAL_CONFIG, else conf/jovial.yaml.")
  @Nullable Path config;

  /**
   * @param flags what else was on the command line
   */
  Settings load(List<String> flags) {
    SettingsLoader loader = new SettingsLoader(AllSettings.ALL);
    Path file = file();
    if (file != null) {
      loader.file(file);
    }
    return loader.environment(System.getenv()).flags(flags).load();
  }

  private @Nullable Path file() {
    if (config != null) {
      return config;
    }
    String variable = System.getenv(CONFIG_VARIABLE);
    if (variable != null && !variable.isBlank()) {
      return Path.of(variable);
    }
    Path usual = ProjectHome.path().resolve("conf/jovial.yaml");
    return Files.exists(usual) ? usual : null;
  }
}
