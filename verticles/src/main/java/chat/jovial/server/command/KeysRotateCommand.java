package chat.jovial.server.command;

import chat.jovial.keys.KeyAdministration.Rotated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** Command that wraps all keys with the first master key. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    description = {
      "Wraps every key with the first master key, so that the others are not needed any more.",
      "What was written stays as it is. Nodes may run meanwhile; it may be ended and run again."
    },
    footer = {
      "",
      "Before: add the new key as a further line of master.key on every node (nodes read the",
      "file again within ten seconds), then make it the first line on every node."
    })
final class KeysRotateCommand implements Callable<Integer> {
  private static final Duration REPORT = Duration.ofSeconds(2);

  @Mixin private SettingsOptions options = new SettingsOptions();

  @Unmatched private List<String> flags = new ArrayList<>();

  private long reported = System.nanoTime();

  @Override
  public Integer call() {
    Rotated sum =
        StoredKeys.of(options.load(flags)).with(keys -> keys.rotate(this::reportNowAndThen));
    System.out.println(text(sum));
    if (sum.failed() > 0) {
      System.err.println("jovial: the first that failed: " + sum.firstFailure());
      System.err.println("jovial: nothing is lost; run it again.");
      return 1;
    }
    return 0;
  }

  private void reportNowAndThen(Rotated sum) {
    long now = System.nanoTime();
    if (now - reported >= REPORT.toNanos()) {
      reported = now;
      System.err.println("jovial: " + text(sum) + " so far");
    }
  }

  private static String text(Rotated sum) {
    return "%d keys wrapped anew, %d were already, %d failed"
        .formatted(sum.done(), sum.before(), sum.failed());
  }
}
