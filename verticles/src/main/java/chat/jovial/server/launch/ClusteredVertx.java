package chat.jovial.server.launch;

import chat.jovial.cluster.DeviceDirectory;
import chat.jovial.cluster.HazelcastDirectory;
import chat.jovial.contract.codec.Codecs;
import chat.jovial.server.settings.BusConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Map;

/** Factory of the Vert.x of a node with its clustered event bus, the codecs registered. */
final class ClusteredVertx {
  private static final String HEARTBEAT_SECONDS = "1";

  /** After a split has healed, the smaller side looks for the larger one this often. */
  private static final String MERGE_SECONDS = "10";

  private ClusteredVertx() {}

  /**
   * @param hasEdge whether this node serves clients
   */
  static Future<Vertx> start(BusConfig bus, boolean hasEdge) {
    EventBusOptions eventBus =
        new EventBusOptions()
            .setHost(bus.host())
            .setPort(bus.busPort())
            .setClusterPublicHost(bus.host());
    return Vertx.builder()
        .with(new VertxOptions().setEventBusOptions(eventBus).setPreferNativeTransport(true))
        .withClusterManager(new HazelcastClusterManager(hazelcast(bus, hasEdge)))
        .buildClustered()
        .map(
            vertx -> {
              Codecs.register(vertx.eventBus());
              return vertx;
            });
  }

  /**
   * The id of this node on the bus: a new one at each start of a process, the same when the cluster
   * splits and merges.
   */
  static String nodeId(Vertx vertx) {
    return ((VertxInternal) vertx).clusterManager().getNodeId();
  }

  /** Where users have devices in the cluster that this node is a member of. */
  static DeviceDirectory directory(Vertx vertx, MeterRegistry metrics) {
    HazelcastClusterManager manager =
        (HazelcastClusterManager) ((VertxInternal) vertx).clusterManager();
    return new HazelcastDirectory(
        vertx, manager.getHazelcastInstance(), manager.getNodeId(), metrics);
  }

  static Config hazelcast(BusConfig bus, boolean hasEdge) {
    Config config = new Config();
    config.setClusterName(bus.name());
    properties(bus).forEach(config::setProperty);
    config.getMetricsConfig().setEnabled(false);

    NetworkConfig network = config.getNetworkConfig();
    network.setPort(bus.port()).setPortAutoIncrement(bus.port() != 0);
    network.getInterfaces().setEnabled(true).addInterface(bus.host());
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setMembers(bus.members());

    // What the cluster manager of Vert.x asks for: a set of registrations for each address.
    config.addMultiMapConfig(
        new MultiMapConfig("__vertx.subs")
            .setBackupCount(1)
            .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
    config.getMapConfig("__vertx.haInfo").setBackupCount(1);
    config.getMapConfig("__vertx.nodeInfo").setBackupCount(1);
    HazelcastDirectory.configure(config, hasEdge);
    return config;
  }

  private static Map<String, String> properties(BusConfig bus) {
    return Map.ofEntries(
        Map.entry("hazelcast.logging.type", "slf4j"),
        Map.entry("hazelcast.phone.home.enabled", "false"),
        Map.entry("hazelcast.socket.bind.any", "false"),
        // The node stops in its own order.
        Map.entry("hazelcast.shutdownhook.enabled", "false"),
        Map.entry("hazelcast.wait.seconds.before.join", "0"),
        Map.entry("hazelcast.heartbeat.interval.seconds", HEARTBEAT_SECONDS),
        Map.entry("hazelcast.max.no.heartbeat.seconds", Long.toString(bus.silence().toSeconds())),
        Map.entry("hazelcast.merge.first.run.delay.seconds", MERGE_SECONDS),
        Map.entry("hazelcast.merge.next.run.delay.seconds", MERGE_SECONDS));
  }
}
