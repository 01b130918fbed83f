package chat.jovial.client;

import chat.jovial.client.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Device ids and secrets of the users who logged in here, in a file that only its owner may read.
 * They stay when a session ends: a device that shows its secret gets in while others guess the
 * password. Without a file that can be written, each login is that of a new device. Thread-safe.
 */
public final class KnownDevices {
  private static final Logger LOG = LoggerFactory.getLogger(KnownDevices.class);

  /** Devices remembered; the one that logged in longest ago goes first. */
  static final int MAX_DEVICES = 100;

  private final Path file;

  /** A device of a user; its text form does not show the secret. */
  record Device(String deviceId, String secret) {
    @Override
    public String toString() {
      return "Device[" + deviceId + "]";
    }
  }

  private KnownDevices(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** Those in a file, which need not exist yet. */
  public static KnownDevices in(Path file) {
    return new KnownDevices(file);
  }

  synchronized @Nullable Device find(String appKey, String username) {
    for (JsonNode known : read()) {
      String deviceId = Json.text(known, "device_id");
      String secret = Json.text(known, "device_secret");
      if (isOf(known, appKey, username) && deviceId != null && secret != null) {
        return new Device(deviceId, secret);
      }
    }
    return null;
  }

  synchronized void keep(String appKey, String username, JsonNode loggedIn) {
    String secret = Json.text(loggedIn, "device_secret");
    if (secret == null) {
      return;
    }
    ArrayNode devices = Json.MAPPER.createArrayNode();
    for (JsonNode known : read()) {
      if (!isOf(known, appKey, username)) {
        devices.add(known);
      }
    }
    ObjectNode device = devices.addObject();
    device.put("app_key", appKey).put("username", keyOf(username));
    device.put("device_id", Json.required(loggedIn, "device_id")).put("device_secret", secret);
    while (devices.size() > MAX_DEVICES) {
      devices.remove(0);
    }
    try {
      write(Json.bytes(devices));
    } catch (IOException e) {
      // The login itself is done.
      LOG.warn("This device cannot be remembered in {}.", file, e);
    }
  }

  private JsonNode read() {
    try {
      return Files.exists(file) ? Json.read(Files.readAllBytes(file)) : Json.object();
    } catch (IOException e) {
      // Not the cause: the message of a parser quotes what is in the file.
      LOG.warn("{} cannot be read, and is begun again.", file);
      return Json.object();
    }
  }

  /** Whole or not at all. */
  private void write(byte[] json) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder, mode("rwx------"));
    }
    Files.deleteIfExists(next);
    Files.createFile(next, mode("rw-------"));
    Files.write(next, json);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private FileAttribute<?>[] mode(String mode) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isOf(JsonNode known, String appKey, String username) {
    return appKey.equals(Json.text(known, "app_key"))
        && keyOf(username).equals(Json.text(known, "username"));
  }

  /** The server does not tell capitals in names from small letters. */
  private static String keyOf(String username) {
    return username.strip().toLowerCase(Locale.ROOT);
  }
}
