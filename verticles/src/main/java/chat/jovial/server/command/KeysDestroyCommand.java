package chat.jovial.server.command;

import chat.jovial.contract.Ids;
import chat.jovial.keys.KeyScope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Command that erases what a user wrote, or what was written in a conversation. */
@Command(
    name = "destroy",
    mixinStandardHelpOptions = true,
    description = {
      "Destroys a key FOR GOOD: what a user wrote anywhere, or what anybody wrote in a",
      "conversation, messages and files, cannot be read any more within a minute. Nothing brings",
      "it back, and nothing more can be written there. Copies on people's devices stay."
    })
final class KeysDestroyCommand implements Callable<Integer> {
  private static final int EXIT_REFUSED = 1;

  @Mixin private SettingsOptions options = new SettingsOptions();

  @Parameters(index = "0", paramLabel = "user|conversation", description = "Whose key it is.")
  private String kind = "";

  @Parameters(index = "1", paramLabel = "ID", description = "The user_id or conversation_id.")
  private String id = "";

  @Option(names = "--yes", description = "Does not ask first; for scripts.")
  private boolean yes;

  @Unmatched private List<String> flags = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    KeyScope scope = scope();
    StoredKeys store = StoredKeys.of(options.load(flags));
    if (!yes && !isConfirmed()) {
      System.err.println("jovial: nothing was done.");
      return EXIT_REFUSED;
    }
    boolean there = store.with(keys -> keys.destroy(scope));
    System.out.printf(
        there
            ? "The key of %s is destroyed. Within a minute no node can read what it was for.%n"
            : "There was no key of %s: it has written nothing, or was destroyed before. None will be"
                + " made.%n",
        scope.text());
    return 0;
  }

  private KeyScope scope() {
    boolean user = kind.equals("user");
    if (!user && !kind.equals("conversation")) {
      throw new ParameterException(
          spec.commandLine(), "'" + kind + "' is neither user nor conversation");
    }
    if (user ? !Ids.isAssigned(id) : !id.matches("[a-z0-9.]{1,64}")) {
      throw new ParameterException(spec.commandLine(), "'" + id + "' is no id of a " + kind);
    }
    return user ? KeyScope.user(id) : KeyScope.conversation(id);
  }

  private boolean isConfirmed() throws IOException {
    System.err.printf(
        "This erases %s FOR GOOD, on all nodes. Nothing brings it back.%nType the id again to go on: ",
        kind.equals("user")
            ? "everything that user " + id + " wrote"
            : "everything in conversation " + id);
    String typed =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
    return id.equals(typed == null ? null : typed.strip());
  }
}
