package chat.jovial.server.settings;

import chat.jovial.config.Setting;
import chat.jovial.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Settings of the clustered event bus.
 *
 * @param host address that the other nodes reach this one at
 * @param members other nodes to look for, {@code host} or {@code host:port}
 * @param silence a node that is silent for this long has left
 */
public record BusConfig(
    String name, String host, int port, int busPort, List<String> members, Duration silence) {
  private static final Setting<String> NAME =
      Setting.text(
          "cluster.name", "jovial", "Nodes with the same name may join each other, no others.");
  private static final Setting<String> HOST =
      Setting.text(
          "cluster.host",
          "127.0.0.1",
          "Address on which the other nodes reach this one. The bus trusts every caller that reaches it: use"
              + " a private network.");
  private static final Setting<Integer> PORT =
      Setting.integer(
          "cluster.port",
          5701,
          0,
          65_535,
          "First port that is tried for the membership of the cluster; if it is taken, the next"
              + " ones. 0 picks a free one.");
  private static final Setting<Integer> BUS_PORT =
      Setting.integer(
          "cluster.bus_port",
          0,
          0,
          65_535,
          "Port of the event bus between nodes; 0 picks a free one, which the other nodes learn by"
              + " themselves.");
  private static final Setting<List<String>> MEMBERS =
      Setting.list(
          "cluster.members",
          List.of(),
          "Other nodes to join at start, host or host:port. Empty: this node does not look for"
              + " others.");
  private static final Setting<Duration> SILENCE =
      Setting.duration(
          "cluster.silence_limit",
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofMinutes(5),
          "A node that is silent for this long counts as gone. Hazelcast's own default is a"
              + " minute, too long for a chat.");

  public static final List<Setting<?>> SETTINGS =
      List.of(NAME, HOST, PORT, BUS_PORT, MEMBERS, SILENCE);

  public static BusConfig of(Settings settings) {
    return new BusConfig(
        settings.get(NAME),
        settings.get(HOST),
        settings.get(PORT),
        settings.get(BUS_PORT),
        settings.get(MEMBERS),
        settings.get(SILENCE));
  }
}
