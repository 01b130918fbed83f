package chat.jovial.embedded.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures each durable mode against the one that loses acknowledged writes, in alternating rounds
 * on the same machine, and prints medians and ratios. Arguments: rounds (5), seconds a run (3).
 */
public final class DurabilityCost {
  /** One mode under one load: writes a second. */
  interface Contender {
    Map<Load, Double> run(Path folder, Duration each) throws Exception;
  }

  /** Number of concurrent writes. */
  record Load(int inFlight) {}

  private DurabilityCost() {}

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    Duration each = Duration.ofSeconds(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3);
    Path folder = Files.createTempDirectory("durability-cost");
    try {
      compare("Cassandra, rows of 200 bytes", CassandraCost.contenders(), folder, rounds, each);
      compare(
          "MongoDB server, documents of 200 bytes", MongoCost.contenders(), folder, rounds, each);
    } finally {
      delete(folder);
    }
    System.exit(0); // Drivers leave threads behind.
  }

  /** The first contender is the one that the others are compared with. */
  private static void compare(
      String title, Map<String, Contender> contenders, Path folder, int rounds, Duration each)
      throws Exception {
    Map<String, Map<Load, List<Double>>> rates = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (var contender : contenders.entrySet()) {
        System.err.printf("%s, round %d of %d: %s%n", title, round, rounds, contender.getKey());
        Path own = folder.resolve(title.charAt(0) + contender.getKey().replaceAll("\\W", "-"));
        contender
            .getValue()
            .run(own, each)
            .forEach(
                (load, rate) ->
                    rates
                        .computeIfAbsent(contender.getKey(), key -> new LinkedHashMap<>())
                        .computeIfAbsent(load, key -> new ArrayList<>())
                        .add(rate));
      }
    }
    Map<Load, List<Double>> reference = rates.values().iterator().next();
    System.out.printf("%n%s: writes a second, median of %d rounds%n", title, rounds);
    System.out.printf("%-34s %10s %10s %16s%n", "mode", "in flight", "median", "of the first");
    rates.forEach(
        (mode, loads) ->
            loads.forEach(
                (load, values) ->
                    System.out.printf(
                        "%-34s %10d %10.0f %16.2f%n",
                        mode,
                        load.inFlight(),
                        median(values),
                        median(values) / median(reference.getOrDefault(load, values)))));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
