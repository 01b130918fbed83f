package chat.jovial.terminal;

import chat.jovial.client.Accounts;
import chat.jovial.client.KnownDevices;
import chat.jovial.client.connection.Endpoint;
import chat.jovial.client.model.JovialException;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** Dialogue that asks for what is missing until there are tokens. */
final class LogIn {
  /** The reader shows nothing at all of what is typed. */
  private static final char NO_ECHO = 0;

  private static final int ATTEMPTS = 3;
  private static final String USER_AGENT = "Jovial in a terminal";

  private final Terminal terminal;
  private final Profile profile;
  private final LineReader reader;

  LogIn(Terminal terminal, Profile profile) {
    this.terminal = terminal;
    this.profile = profile;
    this.reader = LineReaderBuilder.builder().terminal(terminal).build();
    // Neither passwords nor keys belong into any history.
    reader.setVariable(LineReader.DISABLE_HISTORY, true);
  }

  /** Afterwards the profile has tokens, those of an earlier login unless another user is meant. */
  void run(
      @Nullable String server, @Nullable String appKey, @Nullable String user, boolean register) {
    boolean same =
        (user == null || user.equals(profile.get("username")))
            && (server == null || server.equals(profile.get("server")));
    if (server != null) {
      profile.put("server", Endpoint.parse(server).toString());
    }
    if (appKey != null) {
      profile.put("app_key", appKey);
    }
    if (same && profile.tokens() != null && !register) {
      return;
    }
    ask("server", "Server (HOST:PORT)", "127.0.0.1:7000");
    Endpoint.parse(required("server"));
    ask("app_key", "App key", null);
    boolean knowsName = user != null || (profile.get("username") != null && !register);
    if (user != null) {
      profile.put("username", user);
    }
    boolean asNew = register;
    if (!knowsName) {
      String name = register ? "" : reader.readLine("User name (empty: register a new one): ");
      asNew = name.isBlank();
      profile.put("username", asNew ? null : name.strip());
    }
    for (int i = 0; i < ATTEMPTS; i++) {
      if (asNew ? register() : logIn(required("username"))) {
        profile.save();
        return;
      }
    }
    throw new JovialException(
        "unauthenticated",
        asNew
            ? "Not registered."
            : "Not logged in. To register a new user: ./jovial chat --register");
  }

  private boolean logIn(String username) {
    String password = reader.readLine("Password of " + username + ": ", NO_ECHO);
    try {
      profile.put(await(accounts().login(username, password, null, USER_AGENT)));
      return true;
    } catch (JovialException e) {
      if (!"unauthenticated".equals(e.code())) {
        throw e;
      }
    }
    say("There is no user " + username + " with this password.");
    return false;
  }

  private boolean register() {
    ask("username", "Name of the new user", null);
    String username = required("username");
    String password = reader.readLine("New password of " + username + ": ", NO_ECHO);
    String again = reader.readLine("The password once more: ", NO_ECHO);
    if (!again.equals(password)) {
      say("These two passwords differ.");
      return false;
    }
    try {
      await(accounts().register(username, password));
    } catch (JovialException e) {
      if (!e.isDefinite()) {
        throw e;
      }
      say(e.detail());
      if ("conflict".equals(e.code())) {
        profile.put("username", null);
      }
      return false;
    }
    profile.put(await(accounts().login(username, password, null, USER_AGENT)));
    say("Welcome, " + username + ".");
    return true;
  }

  private Accounts accounts() {
    return new Accounts(
        Endpoint.parse(required("server")),
        tlsOf(profile),
        required("app_key"),
        KnownDevices.in(profile.devices()));
  }

  /** How to encrypt; null for a plain connection. */
  static @Nullable SSLContext tlsOf(Profile profile) {
    if (profile.get("tls") == null) {
      return null;
    }
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no TLS.", e);
    }
  }

  private void ask(String name, String question, @Nullable String otherwise) {
    if (profile.get(name) != null) {
      return;
    }
    String hint = otherwise == null ? "" : " [" + otherwise + "]";
    String answer = "";
    while (answer.isEmpty()) {
      answer = reader.readLine(question + hint + ": ").trim();
      if (answer.isEmpty() && otherwise != null) {
        answer = otherwise;
      }
    }
    profile.put(name, answer);
  }

  private String required(String name) {
    String value = profile.get(name);
    if (value == null) {
      throw new IllegalStateException(name + " is missing");
    }
    return value;
  }

  private void say(String text) {
    terminal.writer().println(text);
    terminal.flush();
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof JovialException known ? known : e;
    }
  }
}
