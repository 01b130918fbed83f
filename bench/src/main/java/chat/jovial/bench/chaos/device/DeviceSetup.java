package chat.jovial.bench.chaos.device;

import chat.jovial.bench.chaos.proxy.Route;
import java.nio.file.Path;
import java.util.List;

/**
 * Setup of a device, which never changes.
 *
 * @param userToken its own: two devices with one token would be one
 * @param routes a way to each node, the one it tries first being first
 * @param folder of its local store
 */
public record DeviceSetup(int index, String userToken, List<Route> routes, Path folder) {
  public DeviceSetup {
    routes = List.copyOf(routes);
  }

  @Override
  public String toString() {
    return "device " + index;
  }
}
