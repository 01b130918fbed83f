package chat.jovial.server.settings;

import chat.jovial.config.Setting;
import chat.jovial.config.Settings;
import java.util.List;

/** Settings of the port for health and metrics. */
public record ManagementConfig(String host, int port) {
  private static final Setting<String> HOST =
      Setting.text(
          "management.host",
          "127.0.0.1",
          "Address on which health and metrics are served. They need no password, so keep it away"
              + " from the public.");
  private static final Setting<Integer> PORT =
      Setting.integer(
          "management.port",
          9090,
          0,
          65_535,
          "Port of /health/live, /health/ready and /metrics; 0 picks a free one.");

  public static final List<Setting<?>> SETTINGS = List.of(HOST, PORT);

  public static ManagementConfig of(Settings settings) {
    return new ManagementConfig(settings.get(HOST), settings.get(PORT));
  }
}
