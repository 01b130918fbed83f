package chat.jovial.cluster;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Directory of the nodes on which users have devices. Any thread. */
public interface DeviceDirectory {
  /**
   * The nodes on which any of these users has a device, and which of them have one there. Answers
   * come in the order of the questions, on the context of who asks. Never fails: when it cannot be
   * known, every node with an edge is named.
   */
  Future<Map<String, List<String>>> nodesOf(Collection<String> userIds);

  /**
   * A user has a first device on this node. Completes when every node can know; fails when that
   * cannot be brought about now.
   */
  Future<Void> registerDevice(String userId);

  /** The user has no device on this node any more. */
  void unregisterDevice(String userId);

  /**
   * Adds a listener for changes of the nodes that serve clients: what was known of their devices
   * may not hold any more. Called on any thread.
   */
  void onNodesChanged(Runnable listener);

  /** Whether that node and this one are connected by the bus. Costs a look in memory. */
  boolean isMember(String node);

  /** That of a node which is alone. */
  static DeviceDirectory alone(String here) {
    return new DeviceDirectory() {
      @Override
      public Future<Map<String, List<String>>> nodesOf(Collection<String> userIds) {
        return Future.succeededFuture(Map.of(here, List.copyOf(userIds)));
      }

      @Override
      public Future<Void> registerDevice(String userId) {
        return Future.succeededFuture();
      }

      @Override
      public void unregisterDevice(String userId) {}

      @Override
      public void onNodesChanged(Runnable listener) {}

      @Override
      public boolean isMember(String node) {
        return node.equals(here);
      }
    };
  }
}
