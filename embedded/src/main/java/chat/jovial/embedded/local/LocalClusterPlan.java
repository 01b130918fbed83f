package chat.jovial.embedded.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Plan of a cluster on one machine.
 *
 * @param launcher the launcher script; each node is a run of it
 * @param folder everything that the cluster keeps
 * @param nodes how many nodes of the server
 * @param arguments flags for every node; ports, stores and folders are given by the cluster
 * @param environment further environment variables for every node
 * @param ports of the first node
 * @param cassandraHeapMiB largest heap of each of the three Cassandras
 * @param restarts whether a process that exits is restarted
 */
public record LocalClusterPlan(
    Path launcher,
    Path folder,
    int nodes,
    List<String> arguments,
    Map<String, String> environment,
    FirstPorts ports,
    int cassandraHeapMiB,
    boolean restarts) {
  public static final int MAX_NODES = 9;

  public LocalClusterPlan {
    launcher = launcher.toAbsolutePath().normalize();
    folder = folder.toAbsolutePath().normalize();
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    if (nodes < 1 || nodes > MAX_NODES) {
      throw new IllegalArgumentException(
          "a cluster on one machine has 1 to " + MAX_NODES + " nodes, not " + nodes);
    }
  }

  /** Of all nodes, made by the first that starts. */
  Path masterKey() {
    return folder.resolve("master.key");
  }

  /**
   * Ports of the first node; the next one has the next ports. 0 means free ones.
   *
   * @param cluster where nodes find each other
   */
  public record FirstPorts(int http, int tcp, int management, int cluster) {
    /** Free ones for everything. */
    public static final FirstPorts FREE = new FirstPorts(0, 0, 0, 0);
  }
}
