package chat.jovial.keys;

import chat.jovial.config.Setting;
import chat.jovial.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the master keys.
 *
 * @param file absolute; not used if keys are given
 * @param given the keys themselves, separated by commas
 */
public record KeysConfig(Path file, Optional<String> given) {
  private static final String FILE_NAME = "master.key";

  private static final Setting<Optional<String>> MASTER_FILE =
      Setting.optionalText(
          "keys.master_file",
          "File with the master keys, one in each line: the first wraps the keys of conversations"
              + " and users, all unwrap them. The same on all nodes. None: master.key in the data"
              + " folder, made at the first start.");

  private static final Setting<Optional<String>> MASTER_KEY =
      Setting.secret(
          "keys.master_key",
          "The master keys themselves instead of a file, separated by commas, each 32 random bytes"
              + " in Base64; only as JOVIAL_KEYS_MASTER_KEY, never written into a file.");

  public static final List<Setting<?>> SETTINGS = List.of(MASTER_FILE, MASTER_KEY);

  public static KeysConfig of(Settings settings, Path dataDirectory) {
    return new KeysConfig(
        settings
            .get(MASTER_FILE)
            .map(file -> Path.of(file).toAbsolutePath().normalize())
            .orElseGet(() -> dataDirectory.resolve(FILE_NAME)),
        settings.get(MASTER_KEY));
  }

  /**
   * Blocks on the disk.
   *
   * @param make whether a file that is not there is made
   */
  MasterKeys open(boolean make) {
    return given
        .<MasterKeys>map(
            keys ->
                MasterKeyRing.of(List.of(keys.split(",", -1)), "the setting " + MASTER_KEY.key()))
        .orElseGet(() -> MasterKeyFile.open(file, make));
  }
}
