package chat.jovial.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Commands on the keys of what is stored encrypted. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows, wraps anew and destroys the keys of what is stored encrypted.",
    subcommands = {
      KeysStatusCommand.class,
      KeysRotateCommand.class,
      KeysDestroyCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "They work on the Cassandra of the settings, or on the embedded one while its server",
      "runs. What to do when is in docs/operations.md."
    })
public final class KeysCommand {}
