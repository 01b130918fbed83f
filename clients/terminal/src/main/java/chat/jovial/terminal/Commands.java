package chat.jovial.terminal;

import chat.jovial.client.JovialClient;
import chat.jovial.client.model.Body;
import chat.jovial.client.model.HistoryQuery;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Message;
import chat.jovial.client.model.MessageState;
import chat.jovial.client.model.Outgoing;
import chat.jovial.client.model.SendOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Interpreter of what the person types: messages, and commands with a slash. Main thread. */
final class Commands {
  static final String HELP =
      """
      /who                    the conversations, and who is there
      /open NAME              write to somebody; what you type then is sent
      /reply N TEXT           answers message #N
      /edit N TEXT            changes your message #N
      /redact N               takes your message #N back, everywhere
      /react N EMOJI          reacts to message #N; /unreact N EMOJI takes it away
      /send FILE [CAPTION]    sends a file; without a network it waits
      /save [N] [PATH]        saves the file of message #N, or the newest one
      /read                   marks all as read
      /older                  fetches older messages of this conversation
      /retry, /discard        the last message that was refused
      /devices                where you are logged in
      /quit                   leaves; what waits is sent at the next start
      … waits on this device   ✓ stored   ✓✓ delivered   ✓✓ read""";

  private final JovialClient client;
  private final Screen screen;
  private final Usernames names;
  private final FileCommands files;

  Commands(JovialClient client, Screen screen, Usernames names) {
    this.client = client;
    this.screen = screen;
    this.names = names;
    this.files = new FileCommands(client, screen);
  }

  /** False when the person leaves. */
  boolean handle(String typed) {
    String line = typed.strip();
    screen.clearNotices();
    if (line.isEmpty()) {
      screen.redraw();
      return true;
    }
    if (!line.startsWith("/")) {
      send(line, SendOptions.NONE);
      return true;
    }
    String[] words = line.split("\\s+", 2);
    String rest = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "/quit", "/exit" -> {
        return false;
      }
      case "/help" -> screen.say(HELP);
      case "/who", "/list" -> screen.open(null, null);
      case "/open" -> open(rest);
      case "/edit" ->
          report("edited", client.edit(conversation(), number(rest), Body.text(text(rest))));
      case "/redact" -> report("removed", client.redact(conversation(), number(rest)));
      case "/react" -> react(rest, false);
      case "/unreact" -> react(rest, true);
      case "/reply" -> send(text(rest), SendOptions.NONE.replyTo(number(rest)));
      case "/send" -> files.send(conversation(), rest);
      case "/save" -> files.save(conversation(), rest);
      case "/read" -> readAll();
      case "/older" -> older();
      case "/retry" -> ofLastFailed(true);
      case "/discard" -> ofLastFailed(false);
      case "/devices" -> devices();
      default -> screen.say("There is no command " + words[0] + ". Type /help for help.");
    }
    return true;
  }

  private void react(String rest, boolean remove) {
    String done = remove ? "freed of this reaction" : "reacted to";
    report(done, client.react(conversation(), number(rest), text(rest), remove));
  }

  /**
   * A refused change shows in no message, so it is said, and dropped: it would be refused again.
   */
  private void report(String done, Outgoing change) {
    var unused =
        change
            .stored()
            .exceptionally(
                failure -> {
                  if (change.state() == MessageState.FAILED) {
                    screen.say("The message was not " + done + ": " + explained(failure));
                    var alsoUnused = client.discard(change.clientId());
                  }
                  return null;
                });
  }

  private void send(String text, SendOptions options) {
    client.sendTo(conversation(), Body.text(text), options);
  }

  private String conversation() {
    String open = screen.openConversation();
    if (open == null) {
      throw new IllegalArgumentException("Open a conversation first: /open NAME");
    }
    return open;
  }

  /** The number that a command begins with, with or without its #. */
  static long number(String rest) {
    String word = rest.split("\\s+", 2)[0].replace("#", "");
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("Which message? Give its number, as it stands before it.");
    }
  }

  /** What follows the number. */
  static String text(String rest) {
    String[] parts = rest.split("\\s+", 2);
    if (parts.length < 2 || parts[1].isBlank()) {
      throw new IllegalArgumentException("Something is missing after the number.");
    }
    return parts[1];
  }

  private void open(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("Whom? /open NAME");
    }
    names
        .find(client, name.strip())
        .whenComplete(
            (found, failure) -> {
              if (failure != null) {
                screen.say("Nobody of that name is known here: " + explained(failure));
              } else if (found.isEmpty()) {
                screen.say("There is no user " + name + ".");
              } else {
                screen.open(client.conversationWith(found.get()), found.get());
              }
            })
        .exceptionally(failure -> null)
        .join();
  }

  private void readAll() {
    client
        .conversations()
        .thenAccept(
            all ->
                all.forEach(
                    each -> {
                      var unused = client.markRead(each.conversationId(), each.lastSeq());
                    }))
        .join();
  }

  private void older() {
    String open = conversation();
    List<Message> held = client.messages(open).join();
    Long first = held.isEmpty() ? null : held.get(0).seq();
    HistoryQuery query = first == null ? HistoryQuery.newest() : HistoryQuery.before(first);
    tell(
        client
            .history(open, query)
            .thenApply(page -> page.entries() == 0 ? "There is nothing older." : null));
  }

  private void ofLastFailed(boolean retry) {
    List<Message> failed =
        client.messages(conversation()).join().stream()
            .filter(message -> message.state() == MessageState.FAILED)
            .toList();
    if (failed.isEmpty()) {
      screen.say("No message was refused.");
      return;
    }
    String clientId = failed.get(failed.size() - 1).clientId();
    tell((retry ? client.retry(clientId) : client.discard(clientId)).thenApply(done -> null));
  }

  private void devices() {
    tell(client.request("ums.user.sessions", Map.of()).thenApply(Commands::devicesOf));
  }

  private static String devicesOf(Map<String, Object> reply) {
    StringBuilder text = new StringBuilder();
    if (reply.get("sessions") instanceof List<?> sessions) {
      for (Object each : sessions) {
        if (each instanceof Map<?, ?> session) {
          Object agent = session.get("user_agent");
          text.append(text.isEmpty() ? "" : "\n")
              .append(Boolean.TRUE.equals(session.get("current")) ? "this one: " : "")
              .append(agent == null ? session.get("device_id") : agent)
              .append(", last seen ")
              .append(session.get("last_seen_at"));
        }
      }
    }
    return text.toString();
  }

  private void tell(CompletableFuture<@Nullable String> answer) {
    var unused =
        answer.whenComplete(
            (text, failure) -> {
              if (failure != null) {
                screen.say(explained(failure));
              } else if (text != null) {
                screen.say(text);
              } else {
                screen.redraw();
              }
            });
  }

  static String explained(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof JovialException known ? known.detail() : String.valueOf(cause);
  }
}
