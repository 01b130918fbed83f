package chat.jovial.server.command;

import chat.jovial.config.Settings;
import chat.jovial.server.launch.JovialServer;
import chat.jovial.server.launch.PrivateFolders;
import chat.jovial.server.launch.StopSequence;
import chat.jovial.server.settings.NodeConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** Command that runs a node until it is stopped, or fails. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Starts the server and prints one line when it is ready. Ctrl-C stops it.",
    footer = {
      "",
      "Any setting of conf/jovial.yaml can be given as a flag, for example",
      "--http-port 8081 for http.port, or as an environment variable, here",
      "JOVIAL_HTTP_PORT."
    })
public final class StartCommand implements Callable<Integer> {
  private static final int EXIT_PARENT_GONE = 4;

  @Mixin private SettingsOptions options = new SettingsOptions();

  @Unmatched private List<String> flags = new ArrayList<>();

  @Option(names = "--debug", description = "Logs more, and shows where a failure came from.")
  private boolean debug;

  @Option(
      names = "--with-parent",
      hidden = true,
      description = "Ends at once when standard input ends: the parent process is gone.")
  private boolean withParent;

  @Override
  public Integer call() {
    if (withParent) {
      endWithParent();
    }
    Settings settings = options.load(flags);
    // Before anything logs: the logging would make the folder for all to read.
    PrivateFolders.create(NodeConfig.of(settings).dataDirectory());
    PrivateFolders.create(NodeConfig.of(settings).logDirectory());
    // Before anything logs: the logging's configuration reads these.
    System.setProperty("jovial.logs", NodeConfig.of(settings).logDirectory().toString());
    System.setProperty("jovial.log.level", debug ? "DEBUG" : "INFO");

    JovialServer server = new JovialServer(settings, line -> System.err.println("jovial: " + line));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop-on-signal"));
    try {
      server.start().toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    System.out.println(server.readyLine());
    String reason = server.failed().join();
    System.err.println("jovial: " + reason + " The server stops.");
    return 1;
  }

  /** Nothing is lost by ending so, and nobody is left to wait for an orderly stop. */
  private static void endWithParent() {
    Thread thread =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // The same as its end.
              }
              Runtime.getRuntime().halt(EXIT_PARENT_GONE);
            },
            "parent-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void stop(JovialServer server) {
    // The orderly stop ends by itself before that; this is for when it does not. No constant of
    // this class: StopSequence logs, and the logging must not begin before call() has set
    // where.
    long seconds = StopSequence.LIMIT.toSeconds() + 1;
    try {
      server.close().toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      System.err.println("jovial: not everything stopped in time.");
    } catch (Exception e) {
      System.err.println("jovial: the stop failed: " + e);
    }
  }
}
