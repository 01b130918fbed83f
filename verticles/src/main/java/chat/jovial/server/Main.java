package chat.jovial.server;

import chat.jovial.server.command.ClusterCommand;
import chat.jovial.server.command.ConfigCommand;
import chat.jovial.server.command.KeysCommand;
import chat.jovial.server.command.QuotaCommand;
import chat.jovial.server.command.RestoredCommand;
import chat.jovial.server.command.StartCommand;
import chat.jovial.server.launch.StartFailure;
import chat.jovial.server.launch.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Command line of the launcher script. */
@Command(
    name = "jovial",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Jovial Chat: a chat backend that you run yourself.",
    subcommands = {
      StartCommand.class,
      ClusterCommand.class,
      ConfigCommand.class,
      KeysCommand.class,
      RestoredCommand.class,
      QuotaCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "  chat       Chats in this terminal: ./jovial chat --help",
      "  bench      Measures this machine: ./jovial bench --help",
      "  chaos      Breaks a cluster and checks what was promised: ./jovial chaos --help",
      "  version    Prints the version.",
      "",
      "Every setting is explained in conf/jovial.yaml."
    })
final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int code = commandLine().execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println(StartFailure.explain(failure));
              if (isDebug(parsed)) {
                failure.printStackTrace(command.getErr());
              }
              return 1;
            });
  }

  private static boolean isDebug(CommandLine.ParseResult parsed) {
    return parsed.hasSubcommand() && parsed.subcommand().hasMatchedOption("--debug");
  }
}
