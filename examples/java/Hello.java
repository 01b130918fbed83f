import chat.jovial.client.Accounts;
import chat.jovial.client.ClientConfig;
import chat.jovial.client.JovialClient;
import chat.jovial.client.connection.Endpoint;
import chat.jovial.client.model.Body;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Tokens;
import chat.jovial.client.model.User;
import chat.jovial.client.store.SqliteStore;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Writes to the bot and waits for its answer: {@code java Hello.java HOST:PORT APP_KEY [FOLDER]}. */
public final class Hello {
  public static void main(String[] arguments) throws Exception {
    Endpoint endpoint = Endpoint.parse(arguments[0]);
    Path folder = Path.of(arguments.length > 2 ? arguments[2] : "hello-messages");
    Tokens tokens = logIn(new Accounts(endpoint, null, arguments[1]), "hello", "a secret of Java");
    ClientConfig config =
        ClientConfig.builder()
            .endpoint(endpoint.host(), endpoint.port())
            .tokens(tokens)
            .store(SqliteStore.open(folder))
            .build();

    try (JovialClient client = JovialClient.connect(config)) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      client.on(
          Event.MESSAGE,
          message -> {
            if (!message.senderId().equals(client.userId()) && message.body() != null) {
              answer.complete(message.body().text());
            }
          });
      User bot = client.findUser("bot").get(30, TimeUnit.SECONDS).orElseThrow();
      client.send(bot.userId(), Body.text("Hello from Java")).stored().get(30, TimeUnit.SECONDS);
      System.out.println("The bot answered: " + answer.get(30, TimeUnit.SECONDS));
    }
  }

  private static Tokens logIn(Accounts accounts, String username, String password) {
    try {
      accounts.register(username, password).join();
    } catch (CompletionException e) {
      // Registered by an earlier run?
      if (!(e.getCause() instanceof JovialException known) || !known.code().equals("conflict")) {
        throw e;
      }
    }
    return accounts.login(username, password).join();
  }
}
