package chat.jovial.server;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.config.Setting;
import chat.jovial.config.Settings;
import chat.jovial.config.SettingsLoader;
import chat.jovial.server.settings.AllSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps {@code conf/jovial.yaml} in step with the settings, and rewrites it when told to. */
class ConfFileTest {
  private static final Path FILE = Path.of("../conf/jovial.yaml");

  private static final String COMMAND =
      "mvn -o -Pfast -DskipTests=false -pl verticles -am test -Djovial.docs.write=true"
          + " -Dtest=ConfFileTest -Dsurefire.failIfNoSpecifiedTests=false";

  @Test
  void explains_every_setting_and_no_other() throws IOException {
    String expected = ConfFile.of(AllSettings.ALL);
    if (Boolean.getBoolean("jovial.docs.write")) {
      Files.writeString(FILE, expected);
    }
    assertThat(Files.readString(FILE))
        .as("%s is out of date; rewrite it with: %s", FILE, COMMAND)
        .isEqualTo(expected);
  }

  @Test
  void says_what_holds_without_it() {
    Settings settings = new SettingsLoader(AllSettings.ALL).file(FILE).load();
    for (Setting<?> setting : AllSettings.ALL) {
      assertThat(settings.<Object>get(any(setting)))
          .as(setting.key())
          .isEqualTo(new SettingsLoader(AllSettings.ALL).load().get(any(setting)));
    }
  }

  @Test
  void every_setting_has_a_name_of_its_own() {
    assertThat(AllSettings.ALL).extracting(Setting::key).doesNotHaveDuplicates();
    assertThat(AllSettings.ALL).extracting(Setting::environmentVariable).doesNotHaveDuplicates();
    assertThat(AllSettings.ALL).extracting(Setting::flagName).doesNotHaveDuplicates();
  }

  @SuppressWarnings("unchecked") // Only compared with another of the same setting.
  private static Setting<Object> any(Setting<?> setting) {
    return (Setting<Object>) setting;
  }
}
