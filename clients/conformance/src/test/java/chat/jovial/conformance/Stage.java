package chat.jovial.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stage of a scenario: its own users, their devices, and the server that all scenarios share. */
final class Stage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final ServerProcess server;
  private final Map<String, String> userIds = new LinkedHashMap<>();
  private final Map<String, String> userTokens = new LinkedHashMap<>();
  private final Map<String, Device> devices = new LinkedHashMap<>();
  private final JsonNode app;
  private final Path folder;

  Stage(ServerProcess server, JsonNode app, Path folder) {
    this.server = server;
    this.app = app;
    this.folder = folder;
  }

  /** Makes a user, whom the runner itself can act for over HTTP as one more device. */
  void addUser(String name) {
    JsonNode tokens = tokens(name);
    userIds.put(name, tokens.path("user_id").asText());
    userTokens.put(name, tokens.path("user_token").asText());
  }

  void addDevice(String name, String user, List<String> command) {
    JsonNode tokens = tokens(user);
    ObjectNode opening = JSON.createObjectNode().put("url", server.url());
    for (String field : List.of("user_token", "refresh_token", "device_id")) {
      opening.set(field, tokens.get(field));
    }
    Proxy proxy = new Proxy(server.tcpPort(), server.httpPort());
    devices.put(name, new Device(name, userId(user), command, proxy, opening, folder));
  }

  private JsonNode tokens(String user) {
    ObjectNode request = JSON.createObjectNode();
    request.set("app_id", app.get("app_id"));
    request.set("app_secret", app.get("app_secret"));
    request.put("external_id", folder.getFileName() + "-" + user);
    return server.call("ums.user.token", request, null);
  }

  Device device(String name) {
    Device device = devices.get(name);
    if (device == null) {
      throw new IllegalArgumentException("There is no device '" + name + "' in this scenario.");
    }
    return device;
  }

  String userId(String name) {
    String id = userIds.get(name);
    if (id == null) {
      throw new IllegalArgumentException("There is no user '" + name + "' in this scenario.");
    }
    return id;
  }

  /** The scenario's name of a user. */
  String nameOf(String userId) {
    return userIds.entrySet().stream()
        .filter(user -> user.getValue().equals(userId))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(userId);
  }

  String userToken(String name) {
    userId(name);
    return String.valueOf(userTokens.get(name));
  }

  /** A file that a scenario has made, or a device has saved. */
  Path file(String name) {
    return folder.resolve("files").resolve(name);
  }

  /** The conversation of a device's user with another user. */
  String conversation(Device device, String other) {
    String one = device.userId;
    String two = userId(other);
    return one.compareTo(two) <= 0 ? "d." + one + "." + two : "d." + two + "." + one;
  }

  @Override
  public void close() {
    devices.values().forEach(Device::kill);
    devices.values().forEach(device -> device.proxy.close());
  }
}
