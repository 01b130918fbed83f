package chat.jovial.embedded.local;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One process of a cluster, as it is now.
 *
 * @param name {@code node-1}, {@code cassandra-2}, ...; the argument of {@link
 *     LocalCluster#startAgain}
 * @param role {@code node} or {@code cassandra}
 * @param pid of the process that runs, or that ran last; 0 if none has
 * @param running whether it runs, ready or not
 * @param host the address that all its ports are on
 * @param ports by name: {@code http}, {@code tcp}, {@code management}, {@code cluster}; {@code
 *     native}
 */
public record LocalProcess(
    String name, String role, long pid, boolean running, String host, Map<String, Integer> ports) {
  public LocalProcess {
    ports = Map.copyOf(ports);
  }

  String json() {
    String portsJson =
        new TreeMap<>(ports)
            .entrySet().stream()
                .map(port -> "\"%s\": %d".formatted(port.getKey(), port.getValue()))
                .collect(Collectors.joining(", "));
    return "{\"name\": \"%s\", \"role\": \"%s\", \"pid\": %d, \"running\": %b, \"host\": \"%s\", \"ports\": {%s}}"
        .formatted(name, role, pid, running, host, portsJson);
  }
}
