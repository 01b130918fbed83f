package chat.jovial.server.command;

import chat.jovial.cassandra.StoreIdentity;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** Tells the devices that a backup was restored, by another identity of the store. */
@Command(
    name = "restored",
    mixinStandardHelpOptions = true,
    description = {
      "Run this once after a backup of Cassandra was restored, with the server running: at their"
          + " next sync all devices read their conversations again, keep what they alone have, and"
          + " send again what the store has lost of their own messages.",
      "Harmless when nothing was lost: the devices load their conversations again."
    })
public final class RestoredCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options = new SettingsOptions();

  @Unmatched private List<String> flags = new ArrayList<>();

  @Override
  public Integer call() {
    String id =
        StoredKeys.of(options.load(flags))
            .withStore((vertx, store) -> new StoreIdentity(store, Clock.systemUTC()).renew());
    System.out.printf("the store's identity is %s from now on%n", id);
    return 0;
  }
}
