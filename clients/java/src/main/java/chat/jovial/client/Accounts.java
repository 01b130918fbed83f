package chat.jovial.client;

import chat.jovial.client.connection.Closed;
import chat.jovial.client.connection.Endpoint;
import chat.jovial.client.connection.Link;
import chat.jovial.client.connection.TokenKeeper;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Tokens;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Registration and login of users with a name and a password. Each call makes its own connection
 * and ends it; its future completes on that connection's thread. Users of your own server log in
 * there: see {@link #tokensFrom}.
 */
public final class Accounts {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** A password hash takes its time on the server, and many may wait for theirs. */
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(20);

  private final Endpoint endpoint;
  private final @Nullable SSLContext tls;
  private final String appKey;
  private final @Nullable KnownDevices devices;

  /**
   * @param tls null for a plain connection
   * @param appKey what the operator of the server gave the app
   */
  public Accounts(Endpoint endpoint, @Nullable SSLContext tls, String appKey) {
    this(endpoint, tls, appKey, null);
  }

  /**
   * @param tls null for a plain connection
   * @param appKey what the operator of the server gave the app
   * @param devices where logins are remembered, so that users get in while others guess their
   *     passwords
   */
  public Accounts(
      Endpoint endpoint, @Nullable SSLContext tls, String appKey, @Nullable KnownDevices devices) {
    this.endpoint = endpoint;
    this.tls = tls;
    this.appKey = appKey;
    this.devices = devices;
  }

  /** Registers a user and gives the {@code user_id}; {@code conflict} if the name is taken. */
  public CompletableFuture<String> register(String username, String password) {
    ObjectNode body =
        Json.object().put("app_key", appKey).put("username", username).put("password", password);
    return ask("ums.user.register", body).thenApply(reply -> Json.required(reply, "user_id"));
  }

  /**
   * Logs in; {@code unauthenticated} if name or password are wrong.
   *
   * @param deviceId this device's id from an earlier login, to go on with its session; null for the
   *     known device of the user, or a new one
   * @param userAgent a name for the list of devices
   */
  public CompletableFuture<Tokens> login(
      String username, String password, @Nullable String deviceId, String userAgent) {
    ObjectNode body =
        Json.object()
            .put("app_key", appKey)
            .put("username", username)
            .put("password", password)
            .put("user_agent", userAgent);
    KnownDevices.Device known = devices == null ? null : devices.find(appKey, username);
    if (known != null && (deviceId == null || deviceId.equals(known.deviceId()))) {
      body.put("device_id", known.deviceId()).put("device_secret", known.secret());
    } else {
      Json.putText(body, "device_id", deviceId);
    }
    return ask("ums.user.login", body)
        .thenApply(
            reply -> {
              if (devices != null) {
                devices.keep(appKey, username, reply);
              }
              return TokenKeeper.read(reply);
            });
  }

  /** Logs in on the known device of the user, or a new one. */
  public CompletableFuture<Tokens> login(String username, String password) {
    return login(username, password, null, "Jovial for Java");
  }

  /**
   * Login by your own server, for {@link ClientConfig.Builder#tokenProvider}: asks it for tokens
   * whenever they are needed. It knows who the user is, calls {@code ums.user.token} with the app's
   * secret, and answers with that reply.
   *
   * @param request to your server, with what tells it who the user is
   */
  public static Supplier<CompletableFuture<Tokens>> tokensFrom(HttpRequest request) {
    HttpClient http = HttpClient.newHttpClient();
    return () ->
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .handle(
                (response, failure) -> {
                  if (failure != null) {
                    throw new JovialException(
                        JovialException.OFFLINE, "your server does not answer: " + failure);
                  }
                  return tokens(response);
                });
  }

  private static Tokens tokens(HttpResponse<String> response) {
    int status = response.statusCode();
    if (status / 100 != 2) {
      String code = status == 401 || status == 403 ? "unauthenticated" : "try_again";
      throw new JovialException(code, "your server answered " + status);
    }
    return TokenKeeper.read(Json.read(response.body()));
  }

  private CompletableFuture<JsonNode> ask(String operation, ObjectNode body) {
    OneRequest request = new OneRequest(operation, body);
    new Link(
            endpoint,
            tls == null ? null : tls.getSocketFactory(),
            CONNECT_TIMEOUT,
            REPLY_TIMEOUT,
            Runnable::run,
            request)
        .start();
    return request.reply;
  }

  /** On the link's own thread. */
  private static final class OneRequest implements Link.Listener {
    private final String operation;
    private final ObjectNode body;
    private final CompletableFuture<JsonNode> reply = new CompletableFuture<>();

    OneRequest(String operation, ObjectNode body) {
      this.operation = operation;
      this.body = body;
    }

    @Override
    public void handleConnected(Link link) {
      ObjectNode frame =
          Json.object().put("type", "send").put("address", operation).put("replyAddress", "1");
      frame.set("body", body);
      link.write(frame);
      link.flush();
    }

    @Override
    public void handleFrame(Link link, JsonNode frame) {
      if ("err".equals(Json.text(frame, "type"))) {
        reply.completeExceptionally(Json.failure(frame));
      } else if ("1".equals(Json.text(frame, "address"))) {
        reply.complete(frame.path("body"));
      }
      link.close();
    }

    @Override
    public void handleClosed(Link link, Closed closed) {
      reply.completeExceptionally(new JovialException(JovialException.OFFLINE, closed.reason()));
    }
  }
}
