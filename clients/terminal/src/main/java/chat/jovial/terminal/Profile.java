package chat.jovial.terminal;

import chat.jovial.client.model.Tokens;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Profile of one user on this machine: a folder that only its owner may read, with this file, the
 * messages and the names of people. Confined to the main thread.
 */
final class Profile {
  private static final String FILE = "profile";

  private final Path folder;
  private final Properties values = new Properties();

  private Profile(Path folder) {
    this.folder = folder;
  }

  /** The profile in a folder; empty if there is none yet. */
  static Profile in(Path folder) {
    Profile profile = new Profile(folder);
    Path file = folder.resolve(FILE);
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        profile.values.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException("The profile " + file + " cannot be read.", e);
      }
    }
    return profile;
  }

  Path folder() {
    return folder;
  }

  /** Where the messages of a user of a server are; another user's are elsewhere. */
  Path messages() {
    return folder.resolve("messages-" + get("user_id"));
  }

  /** The file of device secrets, of all users of this profile. */
  Path devices() {
    return folder.resolve("devices");
  }

  @Nullable String get(String name) {
    return values.getProperty(name);
  }

  void put(String name, @Nullable String value) {
    if (value == null) {
      values.remove(name);
    } else {
      values.setProperty(name, value);
    }
  }

  /** What the last login gave; null if there was none. */
  @Nullable Tokens tokens() {
    String userToken = get("user_token");
    return userToken == null || get("user_id") == null
        ? null
        : new Tokens(userToken, get("refresh_token"), null, get("user_id"), get("device_id"));
  }

  void put(Tokens tokens) {
    put("user_token", tokens.userToken());
    put("refresh_token", tokens.refreshToken());
    put("user_id", tokens.userId());
    put("device_id", tokens.deviceId());
  }

  /** Writes it with mode 0600, whole or not at all. */
  void save() {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, mode("rwx------"));
      }
      Path next = folder.resolve(FILE + ".new");
      Files.deleteIfExists(next);
      Files.createFile(next, mode("rw-------"));
      try (Writer out = Files.newBufferedWriter(next)) {
        values.store(out, "Jovial in a terminal. Keep it secret: it logs you in.");
      }
      Files.move(
          next,
          folder.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("The profile in " + folder + " cannot be written.", e);
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }
}
