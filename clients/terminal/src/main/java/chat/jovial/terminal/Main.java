package chat.jovial.terminal;

import chat.jovial.client.model.JovialException;
import chat.jovial.client.store.StoreException;
import chat.jovial.client.store.StoreInUseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the terminal client. */
@Command(
    name = "jovial chat",
    mixinStandardHelpOptions = true,
    version = "Jovial Chat 0.1.0",
    description = "Chats in this terminal, with or without a network.",
    footer = {
      "",
      "It asks for what it does not know, and remembers it in the profile's folder. An app key comes"
          + " from whoever runs the server; on your own one: curl -d '{\"name\": \"Demo\"}'"
          + " http://127.0.0.1:8080/api/ums.app.register",
    })
final class Main implements Callable<Integer> {
  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:JOVIAL_SERVER:-" + CommandLine.Option.NULL_VALUE + "}",
      description = "The server's TCP port; 127.0.0.1:7000 if never given. Also JOVIAL_SERVER.")
  private @Nullable String server;

  @Option(
      names = "--http",
      paramLabel = "URL",
      defaultValue = "${env:JOVIAL_HTTP:-" + CommandLine.Option.NULL_VALUE + "}",
      description =
          "The server's HTTP address, for files; port 8080 of the same host if never given (with --tls:"
              + " https). Also JOVIAL_HTTP.")
  private @Nullable URI http;

  @Option(
      names = "--app-key",
      paramLabel = "KEY",
      defaultValue = "${env:JOVIAL_APP_KEY:-" + CommandLine.Option.NULL_VALUE + "}",
      description = "The app to log in to. Also JOVIAL_APP_KEY.")
  private @Nullable String appKey;

  @Option(names = "--user", paramLabel = "NAME", description = "Log in as this user.")
  private @Nullable String user;

  @Option(names = "--register", description = "Register a new user, and log in as it.")
  private boolean register;

  @Option(
      names = "--tls",
      description = "Encrypt the connection; the server's port must speak TLS.")
  private boolean tls;

  @Option(
      names = "--profile",
      paramLabel = "FOLDER",
      description = "Where login and messages are kept; ~/.config/jovial if not given.")
  private @Nullable Path profile;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Path folder =
        profile != null ? profile : Path.of(System.getProperty("user.home"), ".config", "jovial");
    Profile stored = Profile.in(folder.toAbsolutePath());
    if (tls) {
      stored.put("tls", "true");
    }
    if (http != null) {
      stored.put("http", http.toString());
    }
    try (Terminal terminal = TerminalBuilder.builder().name("jovial").build()) {
      try {
        new LogIn(terminal, stored).run(server, appKey, user, register);
        logToFile(stored.folder());
        new Chat(terminal, stored).run();
        return 0;
      } catch (EndOfFileException | UserInterruptException e) {
        return 0;
      } catch (StoreInUseException e) {
        System.err.println(
            "jovial: chat is open already as "
                + stored.get("username")
                + " on this machine. As somebody else: ./jovial chat --user NAME");
        return 1;
      } catch (JovialException
          | StoreException
          | UncheckedIOException
          | IllegalArgumentException e) {
        System.err.println("jovial: " + e.getMessage());
        return 1;
      }
    }
  }

  /** What goes wrong in the kit must not be written across the screen. */
  private static void logToFile(Path folder) throws IOException {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    FileHandler file = new FileHandler(folder.resolve("chat.log").toString(), 1024 * 1024, 1, true);
    file.setFormatter(new SimpleFormatter());
    file.setLevel(Level.WARNING);
    root.addHandler(file);
  }
}
