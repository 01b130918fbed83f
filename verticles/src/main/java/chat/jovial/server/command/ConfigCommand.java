package chat.jovial.server.command;

import chat.jovial.config.Setting;
import chat.jovial.config.Settings;
import chat.jovial.server.settings.AllSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** Command that prints the effective settings, and where each comes from. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "Prints every setting, its value and where that comes from.")
public final class ConfigCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options = new SettingsOptions();

  @Unmatched private List<String> flags = new ArrayList<>();

  @Override
  public Integer call() {
    Settings settings = options.load(flags);
    for (Setting<?> setting : AllSettings.ALL) {
      System.out.printf(
          "%-32s %-24s # %s%n",
          setting.key() + ":", settings.textOf(setting), settings.originOf(setting));
    }
    return 0;
  }
}
