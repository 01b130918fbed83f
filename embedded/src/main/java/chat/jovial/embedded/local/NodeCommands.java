package chat.jovial.embedded.local;

import chat.jovial.embedded.CassandraRing;
import chat.jovial.embedded.EmbeddedMongo;
import chat.jovial.embedded.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** How each node of a cluster is started: its ports, its folder, the stores, the other nodes. */
final class NodeCommands {
  private static final String HOST = "127.0.0.1";

  /** Each node's JVM; a further option in the variable of the same name wins over it. */
  private static final String HEAP = "-Xmx768m";

  private static final String JAVA_OPTIONS = "JOVIAL_JAVA_OPTIONS";

  private NodeCommands() {}

  static List<LocalNode> of(
      LocalClusterPlan plan,
      ClusterFolder folder,
      CassandraRing cassandras,
      EmbeddedMongo mongo,
      Consumer<String> lines) {
    List<Map<String, Integer>> ports = ports(plan);
    String members =
        ports.stream()
            .map(ofNode -> HOST + ":" + ofNode.get("cluster"))
            .collect(Collectors.joining(","));
    String contactPoints =
        cassandras.contactPoints().stream()
            .map(point -> point.getHostString() + ":" + point.getPort())
            .collect(Collectors.joining(","));
    Map<String, String> environment = new HashMap<>(plan.environment());
    String given = environment.getOrDefault(JAVA_OPTIONS, System.getenv(JAVA_OPTIONS));
    environment.put(JAVA_OPTIONS, HEAP + (given == null ? "" : " " + given));
    List<LocalNode> nodes = new ArrayList<>();
    for (int i = 0; i < plan.nodes(); i++) {
      String name = "node-" + (i + 1);
      List<String> command = new ArrayList<>(List.of(plan.launcher().toString(), "start"));
      // One for all; before the operator's own, which may name another file.
      command.add("--keys-master-file=" + plan.masterKey());
      command.addAll(plan.arguments());
      // Last, for a later flag wins over an earlier one.
      Path data = folder.ofNode(name);
      command.addAll(
          List.of(
              "--with-parent",
              "--data-dir=" + data,
              "--http-port=" + ports.get(i).get("http"),
              "--tcp-port=" + ports.get(i).get("tcp"),
              "--management-port=" + ports.get(i).get("management"),
              "--cluster-port=" + ports.get(i).get("cluster"),
              "--cluster-members=" + members,
              "--cassandra-contact-points=" + contactPoints,
              "--cassandra-datacenter=" + cassandras.localDatacenter(),
              "--cassandra-replication=" + CassandraRing.SIZE,
              "--mongo-uri=" + mongo.connectionString()));
      nodes.add(new LocalNode(name, command, data, environment, ports.get(i), lines));
    }
    return nodes;
  }

  /** Given ones count up from node to node; free ones stay the same over a node's lives. */
  private static List<Map<String, Integer>> ports(LocalClusterPlan plan) {
    Map<String, Integer> first =
        Map.of(
            "http", plan.ports().http(),
            "tcp", plan.ports().tcp(),
            "management", plan.ports().management(),
            "cluster", plan.ports().cluster());
    List<Integer> free = Ports.free(HOST, first.size() * plan.nodes());
    List<Map<String, Integer>> all = new ArrayList<>();
    int used = 0;
    for (int i = 0; i < plan.nodes(); i++) {
      Map<String, Integer> ofNode = new HashMap<>();
      for (Map.Entry<String, Integer> port : first.entrySet()) {
        int spare = free.get(used++);
        ofNode.put(port.getKey(), port.getValue() == 0 ? spare : port.getValue() + i);
      }
      all.add(ofNode);
    }
    return all;
  }
}
