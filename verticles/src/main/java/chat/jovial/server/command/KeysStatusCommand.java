package chat.jovial.server.command;

import chat.jovial.keys.KeyAdministration;
import chat.jovial.keys.KeyAdministration.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** Command that counts the keys by the master key that wraps them. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Prints how many keys there are, by the master key that they are wrapped with.")
final class KeysStatusCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options = new SettingsOptions();

  @Option(
      names = "--erased",
      description =
          "Prints instead whose keys were destroyed, one in each line, as 'keys destroy' takes"
              + " them: to destroy them again after a backup was restored.")
  private boolean erased;

  @Unmatched private List<String> flags = new ArrayList<>();

  @Override
  public Integer call() {
    Status status = StoredKeys.of(options.load(flags)).with(KeyAdministration::status);
    if (erased) {
      status.destroyed().forEach(System.out::println);
      return 0;
    }
    Set<String> ids = new TreeSet<>(status.keysByMaster().keySet());
    ids.addAll(status.known());
    ids.addAll(status.used());
    for (String id : ids) {
      System.out.printf(
          "master key %s: %d keys%s%s%n",
          id,
          status.keysByMaster().getOrDefault(id, 0L),
          id.equals(status.wrapsWith()) ? ", wraps new ones" : "",
          note(status, id));
    }
    System.out.printf("destroyed: %d%n", status.destroyed().size());
    return 0;
  }

  private static String note(Status status, String id) {
    if (!status.known().contains(id)) {
      return ", MISSING here: what is wrapped with it cannot be read";
    }
    boolean unused =
        !status.keysByMaster().containsKey(id)
            && !status.used().contains(id)
            && !id.equals(status.wrapsWith());
    return unused ? ", not needed any more" : "";
  }
}
