package chat.jovial.server.settings;

import chat.jovial.cluster.ClusterConfig;
import chat.jovial.config.Setting;
import chat.jovial.edge.EdgeConfig;
import chat.jovial.fss.FssConfig;
import chat.jovial.keys.KeysConfig;
import chat.jovial.mds.MdsConfig;
import chat.jovial.ums.UmsConfig;
import java.util.List;
import java.util.stream.Stream;

/** List of every setting of the server; {@code conf/jovial.yaml} explains the same ones. */
public final class AllSettings {
  public static final List<Setting<?>> ALL =
      Stream.of(
              NodeConfig.SETTINGS,
              EdgeConfig.SETTINGS,
              UmsConfig.SETTINGS,
              MdsConfig.SETTINGS,
              FssConfig.SETTINGS,
              StoresConfig.SETTINGS,
              KeysConfig.SETTINGS,
              BusConfig.SETTINGS,
              ClusterConfig.SETTINGS,
              ManagementConfig.SETTINGS)
          .<Setting<?>>flatMap(List::stream)
          .toList();

  private AllSettings() {}

  /** The setting with that key, which there must be. */
  public static Setting<?> named(String key) {
    return ALL.stream().filter(setting -> setting.key().equals(key)).findAny().orElseThrow();
  }
}
