package chat.jovial.model;

import chat.jovial.model.explore.Bounds;
import chat.jovial.model.explore.Experiment;
import chat.jovial.model.explore.Exploration;
import chat.jovial.model.explore.Explorer;
import chat.jovial.model.explore.Limits;
import chat.jovial.model.explore.Rule;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Command line of the explorer; see model/README.md. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    if (arguments.length == 0) {
      System.err.println(
          "usage: Main MODEL [bound=value ...] [without=RULE,...] [states=N] [seconds=N]\n"
              + "       Main table    explores all that the build explores, as a table");
      System.exit(2);
    }
    if (arguments[0].equals("table")) {
      Models.experiments().forEach(Main::printRow);
      return;
    }
    String without = value(arguments, "without", "");
    int states = Integer.parseInt(value(arguments, "states", "20000000"));
    int seconds = Integer.parseInt(value(arguments, "seconds", "600"));
    String bounds =
        Arrays.stream(arguments)
            .skip(1)
            .filter(word -> !word.matches("(without|states|seconds)=.*"))
            .collect(Collectors.joining(" "));
    Set<String> rules =
        Arrays.stream(without.split(","))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
    Exploration found =
        Explorer.explore(
            Models.make(arguments[0], Bounds.of(bounds), rules),
            new Limits(states, Duration.ofSeconds(seconds)));
    System.out.println(String.join(" ", arguments) + ": " + found.summary());
    found.trace().forEach(line -> System.out.println("  " + line));
  }

  private static void printRow(Experiment experiment) {
    Exploration found = Explorer.explore(Models.make(experiment), Limits.OF_A_TEST);
    Rule rule = experiment.without();
    System.out.printf(
        "| %s | %s | %s | `%s` | %,d%s |%n",
        rule == null ? "*all rules*" : rule.name() + ": " + rule.says(),
        rule == null ? "" : "`" + rule.code() + "`",
        found.violation() == null ? "no violation" : found.violation() + " (" + found.depth() + ")",
        experiment.model() + " " + experiment.bounds(),
        found.states(),
        found.complete() ? ", complete" : "");
  }

  private static String value(String[] arguments, String name, String otherwise) {
    return Arrays.stream(arguments)
        .filter(word -> word.startsWith(name + "="))
        .map(word -> word.substring(name.length() + 1))
        .findFirst()
        .orElse(otherwise);
  }
}
