package chat.jovial.terminal;

import chat.jovial.client.ClientConfig;
import chat.jovial.client.JovialClient;
import chat.jovial.client.connection.Endpoint;
import chat.jovial.client.model.Conversation;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.Message;
import chat.jovial.client.model.Tokens;
import chat.jovial.client.store.SqliteStore;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.terminal.Terminal;

/**
 * Session of a person at the terminal: a client, a screen, and a line to type in. The main thread
 * reads what is typed.
 */
final class Chat {
  private static final int HTTP_PORT = 8080;

  private final Terminal terminal;
  private final Profile profile;

  Chat(Terminal terminal, Profile profile) {
    this.terminal = terminal;
    this.profile = profile;
  }

  /** Until the person leaves. */
  void run() {
    Tokens tokens = Objects.requireNonNull(profile.tokens());
    Usernames names = new Usernames(profile.folder());
    names.put(String.valueOf(tokens.userId()), String.valueOf(profile.get("username")));
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("jovial")
            .completer(Completion.of(Commands.HELP))
            .build();
    // Everything typed here is a message or about one: it is in the store, and nowhere else.
    reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
    try (JovialClient client = JovialClient.connect(config(tokens));
        Screen screen = new Screen(reader, client, names, ZoneId.systemDefault())) {
      listen(client, screen, names);
      tellTyping(reader, client, screen);
      Commands commands = new Commands(client, screen, names);
      screen.say(client.durable() ? "Type /help for help." : "Messages are kept in memory only.");
      while (read(reader, commands, screen)) {
        // One line after another.
      }
    }
  }

  private ClientConfig config(Tokens tokens) {
    Endpoint endpoint = Endpoint.parse(String.valueOf(profile.get("server")));
    ClientConfig.Builder config =
        ClientConfig.builder()
            .endpoint(endpoint.host(), endpoint.port())
            .tokens(tokens)
            .httpFallback(httpFallback(endpoint))
            .store(SqliteStore.open(profile.messages()));
    String http = profile.get("http");
    if (http != null) {
      config.http(URI.create(http));
    }
    var tls = LogIn.tlsOf(profile);
    return (tls == null ? config : config.tls(tls)).build();
  }

  /** Where a server listens unless it was configured otherwise. */
  private URI httpFallback(Endpoint endpoint) {
    return URI.create(
        profile.get("tls") == null
            ? "http://" + endpoint.host() + ":" + HTTP_PORT
            : "https://" + endpoint.host());
  }

  private static boolean read(LineReader reader, Commands commands, Screen screen) {
    try {
      return commands.handle(reader.readLine(screen.prompt()));
    } catch (EndOfFileException | UserInterruptException e) {
      return false;
    } catch (IllegalArgumentException e) {
      screen.say(String.valueOf(e.getMessage()));
      return true;
    }
  }

  private static void listen(JovialClient client, Screen screen, Usernames names) {
    client.on(Event.CONNECTION, connection -> screen.handleConnection(connection));
    client.on(Event.MESSAGE, message -> announce(message, client, screen, names));
    client.on(Event.CHANGE, message -> screen.redraw());
    client.on(Event.RECEIPT, receipt -> screen.redraw());
    client.on(Event.CONVERSATION, conversation -> learn(conversation, client, screen, names));
    client.on(Event.UPLOAD, screen::handleUpload);
    client.on(Event.TYPING, screen::handleTyping);
    client.on(Event.PRESENCE, screen::handlePresence);
  }

  private static void announce(
      Message message, JovialClient client, Screen screen, Usernames names) {
    boolean elsewhere = !message.conversationId().equals(screen.openConversation());
    if (elsewhere && !message.senderId().equals(client.userId())) {
      // With the name, if it can be had; else it stays an id.
      var unused =
          names
              .learn(client, List.of(message.senderId()))
              .handle(
                  (learned, failure) -> {
                    screen.say(names.of(message.senderId()) + ": " + View.text(message.body()));
                    return null;
                  });
    } else {
      screen.redraw();
    }
  }

  private static void learn(
      Conversation conversation, JovialClient client, Screen screen, Usernames names) {
    String other = conversation.userId();
    screen.redraw();
    if (other != null && !names.knows(other)) {
      // Offline it stays an id; the next change of the conversation asks again.
      var unused =
          names
              .learn(client, List.of(other))
              .thenRun(screen::redraw)
              .exceptionally(failure -> null);
    }
  }

  /** Each key of a message tells the other that one is typing; the kit tells it rarely enough. */
  private static void tellTyping(LineReader reader, JovialClient client, Screen screen) {
    Widget original =
        Objects.requireNonNull(reader.getBuiltinWidgets().get(LineReader.SELF_INSERT));
    reader
        .getWidgets()
        .put(
            LineReader.SELF_INSERT,
            () -> {
              String open = screen.openConversation();
              String first = reader.getBuffer().toString() + reader.getLastBinding();
              if (open != null && !first.startsWith("/")) {
                client.typing(open, true);
              }
              return original.apply();
            });
  }
}
