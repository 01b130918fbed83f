package chat.jovial.terminal;

import chat.jovial.client.JovialClient;
import chat.jovial.client.model.Body;
import chat.jovial.client.model.FileOptions;
import chat.jovial.client.model.Message;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** {@code /send} and {@code /save}. Main thread; what comes of them is shown on the screen. */
final class FileCommands {
  private static final String FILE = "file";
  private static final String UNNAMED = "file";

  private final JovialClient client;
  private final Screen screen;

  FileCommands(JovialClient client, Screen screen) {
    this.client = client;
    this.screen = screen;
  }

  /** {@code FILE [caption]}: queued as a message is. */
  void send(String conversationId, String rest) {
    Arguments words = Arguments.of(rest);
    if (words.first().isEmpty()) {
      throw new IllegalArgumentException("Which file? /send FILE [caption]");
    }
    FileOptions options = FileOptions.NONE;
    if (!words.rest().isEmpty()) {
      options = options.text(words.rest());
    }
    client.sendFileTo(conversationId, path(words.first()), options);
  }

  /** {@code [N] [PATH]}: the newest file, into this folder, unless told otherwise. */
  void save(String conversationId, String rest) {
    Arguments words = Arguments.of(rest);
    boolean numbered = words.first().matches("#?\\d+");
    Body body = file(conversationId, numbered ? Commands.number(words.first()) : null);
    String where = numbered ? Arguments.of(words.rest()).first() : words.first();
    Path target = target(where, nameOf(body));
    String name = String.valueOf(target.getFileName());
    var unused =
        client
            .saveFile(body, target, progress -> screen.handleSaving(name, progress))
            .whenComplete(
                (saved, failure) -> {
                  screen.handleSaving(name, null);
                  screen.say(
                      failure == null
                          ? "Saved " + saved
                          : "Not saved: " + Commands.explained(failure));
                });
  }

  private Body file(String conversationId, @Nullable Long number) {
    List<Message> messages;
    try {
      messages = client.messages(conversationId).join();
    } catch (CompletionException e) {
      throw new IllegalArgumentException(Commands.explained(e), e);
    }
    Optional<Body> found =
        messages.stream()
            .filter(message -> message.seq() != null)
            .filter(message -> number == null || number.equals(message.seq()))
            .map(Message::body)
            .filter(body -> body != null && body.type().equals(FILE))
            .reduce((older, newer) -> newer);
    return found.orElseThrow(
        () ->
            new IllegalArgumentException(
                number == null
                    ? "There is no file in this conversation."
                    : "Message #" + number + " has no file."));
  }

  /** A name that others chose must stay in the folder, and be seen for what it is. */
  static String nameOf(Body body) {
    Object given = body.fields().get("name");
    String name = View.printable(given == null ? "" : given.toString()).replace('\\', '/');
    name = name.substring(name.lastIndexOf('/') + 1).strip();
    while (name.startsWith(".")) {
      name = name.substring(1);
    }
    return name.isEmpty() ? UNNAMED : name;
  }

  private static Path target(String where, String name) {
    Path path = path(where.isEmpty() ? "." : where).toAbsolutePath().normalize();
    if (Files.isDirectory(path)) {
      return free(path, name);
    }
    if (Files.exists(path)) {
      throw new IllegalArgumentException("There is a file " + path + " already.");
    }
    Path folder = path.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException("There is no folder " + folder + ".");
    }
    return path;
  }

  /** The name, or the first with a number behind it that nobody has yet. */
  static Path free(Path folder, String name) {
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String ending = dot > 0 ? name.substring(dot) : "";
    Path path = folder.resolve(name);
    for (int i = 1; Files.exists(path); i++) {
      path = folder.resolve(stem + " (" + i + ")" + ending);
    }
    return path;
  }

  private static Path path(String typed) {
    String home = System.getProperty("user.home");
    String full = typed.equals("~") || typed.startsWith("~/") ? home + typed.substring(1) : typed;
    try {
      return Path.of(full);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("This is no path: " + typed, e);
    }
  }
}
