package chat.jovial.server;

import chat.jovial.cluster.ClusterConfig;
import chat.jovial.config.Setting;
import chat.jovial.mds.MdsConfig;
import java.util.List;
import java.util.stream.Stream;

/** Every setting of the server; {@code conf/jovial.yaml} explains the same ones. */
final class AllSettings {
  static final List<Setting<?>> ALL =
      Stream.of(
              NodeConfig.SETTINGS,
              ManagementConfig.SETTINGS,
              BusConfig.SETTINGS,
              ClusterConfig.SETTINGS,
              StoresConfig.SETTINGS,
              MdsConfig.SETTINGS)
          .<Setting<?>>flatMap(List::stream)
          .toList();

  private AllSettings() {}
}
