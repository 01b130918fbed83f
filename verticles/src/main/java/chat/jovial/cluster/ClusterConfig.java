package chat.jovial.cluster;

import chat.jovial.config.Setting;
import chat.jovial.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Settings of leases: how long ownership outlives its owner.
 *
 * @param lease time of ownership, from the start of the last successful renewal
 * @param drift by how much two machines' clocks may disagree about the length of a lease
 */
public record ClusterConfig(Duration lease, Duration drift) {
  private static final Setting<Duration> LEASE =
      Setting.duration(
          "cluster.lease",
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ofMinutes(1),
          "How long a process owns its conversations after its last renewal in the store. When"
              + " a node dies, its conversations rest for this long; when it is too short, a pause"
              + " of a node or of the store costs it its ownership.");
  private static final Setting<Duration> DRIFT =
      Setting.duration(
          "cluster.drift",
          Duration.ofMillis(500),
          Duration.ofMillis(100),
          Duration.ofSeconds(10),
          "By how much the clocks of two nodes may disagree about the length of a lease.");

  public static final List<Setting<?>> SETTINGS = List.of(LEASE, DRIFT);

  public static ClusterConfig of(Settings settings) {
    return new ClusterConfig(settings.get(LEASE), settings.get(DRIFT));
  }

  Duration renewalPeriod() {
    return lease.dividedBy(3);
  }
}
