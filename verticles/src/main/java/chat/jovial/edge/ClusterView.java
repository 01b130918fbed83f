package chat.jovial.edge;

import chat.jovial.cluster.DeviceDirectory;
import chat.jovial.contract.bus.ShardOwners;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * View that an edge has of the cluster.
 *
 * @param node this node's id on the bus
 * @param owners where conversations are owned; null if all are on this node
 * @param directory where users have devices
 * @param cutOff whether the node is cut off from those that own conversations; asked on any thread
 */
public record ClusterView(
    String node, @Nullable ShardOwners owners, DeviceDirectory directory, BooleanSupplier cutOff) {
  /** That of a node which is alone. */
  public static ClusterView alone() {
    String node = "alone";
    return new ClusterView(node, null, DeviceDirectory.alone(node), () -> false);
  }
}
