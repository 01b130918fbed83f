package chat.jovial.client.connection;

import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.executor.Timer;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.Connection;
import chat.jovial.client.model.Connection.Status;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Tokens;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connection to the server with an open device session, as long as that can be: connects, opens,
 * registers for events, renews tokens, pings, and connects again after each loss. Confined to the
 * executor.
 *
 * <pre>
 * OFFLINE --wait--> CONNECTING --socket, session.open, register--> ONLINE --lost--> OFFLINE
 *    any of them --session over, replaced--> ENDED, --closed by the app--> CLOSED
 * </pre>
 */
public final class ServerConnection implements Link.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

  /** How long before its end a token is renewed, or a tenth of its life if that is shorter. */
  private static final Duration RENEW_AHEAD = Duration.ofSeconds(60);

  /** A token that is over already, by a clock that may be wrong, is not renewed more often. */
  private static final Duration MIN_RENEW_WAIT = Duration.ofSeconds(5);

  /** After the server said that it goes away: enough that its clients do not all come at once. */
  private static final long GOING_AWAY_MILLIS = 100;

  /** Listener of the connection; called on the executor. */
  public interface Listener {
    void handleStatus(Connection connection);

    /** After {@code session.open} and the registration for events, each time. */
    void handleOpened(Opened opened);

    void handleEvent(JsonNode event);
  }

  /**
   * The server's reply to {@code session.open}.
   *
   * @param http where it serves HTTP; null if it does not say
   */
  public record Opened(String userId, String deviceId, Instant serverTime, @Nullable URI http) {}

  private final SerialExecutor executor;
  private final ConnectionConfig config;
  private final TokenKeeper keeper;
  private final Listener listener;
  private final Requests requests;
  private final Backoff backoff;
  private int endpointIndex;
  private @Nullable Link link;
  private @Nullable Timer retry;
  private @Nullable Timer ping;
  private @Nullable Timer renewal;
  private boolean mustRenew;
  private boolean open;
  private Connection connection = new Connection(Status.OFFLINE, "not started");

  public ServerConnection(
      SerialExecutor executor, ConnectionConfig config, TokenKeeper keeper, Listener listener) {
    this.executor = executor;
    this.config = config;
    this.keeper = keeper;
    this.listener = listener;
    this.requests = new Requests(executor, config.requestTimeout());
    this.backoff =
        new Backoff(config.backoffFirst(), config.backoffCap(), ThreadLocalRandom.current());
    this.endpointIndex = ThreadLocalRandom.current().nextInt(config.endpoints().size());
  }

  public Connection connection() {
    return connection;
  }

  public boolean isOpen() {
    return open;
  }

  public void start() {
    connect();
  }

  /** The session is over: permanently. */
  public void end(String reason) {
    stop(Status.ENDED, reason);
  }

  /** The app closes the client. */
  public void close(String reason) {
    stop(Status.CLOSED, reason);
  }

  private void stop(Status status, String reason) {
    if (connection.status() == Status.ENDED || connection.status() == Status.CLOSED) {
      return;
    }
    cancelTimers();
    Link old = link;
    link = null;
    open = false;
    if (old != null) {
      old.close();
    }
    setStatus(status, reason);
    requests.failAll(reason);
  }

  /** Tries at once instead of waiting on, when the app knows that the network is back. */
  public void reconnectNow() {
    if (connection.status() == Status.OFFLINE && link == null) {
      backoff.reset();
      connect();
    }
  }

  /** Sends a request; fails with {@code offline} unless the session is open. */
  public CompletableFuture<JsonNode> request(String operation, ObjectNode body) {
    if (!open) {
      return CompletableFuture.failedFuture(
          new JovialException(JovialException.OFFLINE, "there is no connection"));
    }
    return ask(operation, body);
  }

  /** At the end of each turn: what was written goes out. */
  public void flush() {
    Link to = link;
    if (to != null) {
      to.flush();
    }
  }

  private CompletableFuture<JsonNode> ask(String operation, ObjectNode body) {
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    Link to = link;
    if (to == null) {
      reply.completeExceptionally(
          new JovialException(JovialException.OFFLINE, "there is no connection"));
    } else {
      ObjectNode frame = requests.frame(operation, body, reply);
      if (!reply.isDone()) {
        to.write(frame);
      }
    }
    return reply;
  }

  private void connect() {
    cancelTimers();
    Endpoint endpoint = config.endpoints().get(endpointIndex);
    LOG.debug("Connecting to {}", endpoint);
    setStatus(Status.CONNECTING, null);
    Link next =
        new Link(
            endpoint,
            config.tls(),
            config.connectTimeout(),
            config.pingInterval().plus(config.pongTimeout()),
            executor,
            this);
    link = next;
    next.start();
  }

  @Override
  public void handleConnected(Link from) {
    if (from == link) {
      if (mustRenew || keeper.tokens() == null) {
        renew(from, true);
      } else {
        open(from, true);
      }
    }
  }

  private void open(Link from, boolean mayRenew) {
    Tokens tokens = keeper.tokens();
    if (tokens == null) {
      end("there is no user token");
      return;
    }
    ObjectNode body = Json.object().put("user_token", tokens.userToken());
    whenDone(
        ask("session.open", body),
        from,
        this::handleOpened,
        failure -> {
          if ("unauthenticated".equals(failure.code()) && mayRenew && keeper.canRenew()) {
            renew(from, false);
          } else if (failure.isDefinite() || "unauthenticated".equals(failure.code())) {
            end("the server refused the session: " + failure.detail());
          } else {
            from.close();
          }
        });
  }

  private void renew(Link from, boolean mayRenewAgain) {
    whenDone(
        keeper.renew(body -> ask("ums.user.refresh", body)),
        from,
        next -> {
          mustRenew = false;
          keeper.handleRenewed(next);
          open(from, mayRenewAgain && !open);
        },
        failure -> {
          if (failure.isDefinite() || "unauthenticated".equals(failure.code())) {
            end("the session has ended; log in again");
          } else if (!open) {
            from.close();
          } else {
            scheduleRenewal(MIN_RENEW_WAIT);
          }
        });
  }

  private void handleOpened(JsonNode reply) {
    Link to = link;
    if (to == null) {
      return;
    }
    Instant serverTime = Json.time(reply, "server_time");
    Instant now = serverTime == null ? Instant.now() : serverTime;
    Instant expiresAt = keeper.expiresAt();
    if (expiresAt != null && keeper.canRenew()) {
      Duration left = Duration.between(now, expiresAt);
      Duration tenth = left.dividedBy(10);
      scheduleRenewal(left.minus(tenth.compareTo(RENEW_AHEAD) < 0 ? tenth : RENEW_AHEAD));
    }
    if (open) {
      return; // It was a renewal.
    }
    open = true;
    LOG.debug("The session at {} is open", config.endpoints().get(endpointIndex));
    backoff.reset();
    to.write(Json.object().put("type", "register").put("address", "inbox"));
    long asked = Json.numberOr(reply, "ping_interval_ms", config.pingInterval().toMillis());
    schedulePing(to, Duration.ofMillis(Math.min(asked, config.pingInterval().toMillis())));
    setStatus(Status.ONLINE, null);
    listener.handleOpened(
        new Opened(
            Json.required(reply, "user_id"),
            Json.textOr(reply, "device_id", ""),
            now,
            httpAddress(Json.text(reply, "http_url"))));
  }

  private static @Nullable URI httpAddress(@Nullable String url) {
    try {
      return url == null ? null : new URI(url);
    } catch (URISyntaxException e) {
      LOG.warn("The server's HTTP address cannot be read: {}", url);
      return null;
    }
  }

  private void schedulePing(Link to, Duration interval) {
    ping =
        executor.after(
            interval,
            () -> {
              if (to == link) {
                to.write(Json.object().put("type", "ping"));
                schedulePing(to, interval);
              }
            });
  }

  private void scheduleRenewal(Duration wait) {
    if (renewal != null) {
      renewal.cancel();
    }
    renewal =
        executor.after(
            wait.compareTo(MIN_RENEW_WAIT) < 0 ? MIN_RENEW_WAIT : wait,
            () -> {
              Link to = link;
              if (open && to != null) {
                renew(to, false);
              }
            });
  }

  @Override
  public void handleFrame(Link from, JsonNode frame) {
    if (from != link) {
      return;
    }
    String address = Json.text(frame, "address");
    String type = Json.textOr(frame, "type", "");
    if (type.equals("message") && address != null) {
      if (address.equals("inbox")) {
        listener.handleEvent(frame.path("body"));
      } else {
        requests.handleReply(address, frame.path("body"));
      }
    } else if (type.equals("err") && address != null) {
      requests.handleError(address, Json.failure(frame));
    } else if (type.equals("err")) {
      LOG.warn("The server could not read a frame: {}", Json.text(frame, "message"));
    }
  }

  @Override
  public void handleClosed(Link from, Closed closed) {
    if (from != link) {
      return;
    }
    link = null;
    open = false;
    cancelTimers();
    LOG.debug(
        "The connection to {} is over: {} {}",
        config.endpoints().get(endpointIndex),
        closed.code(),
        closed.reason());
    switch (closed.code()) {
      case Closed.REPLACED -> end(closed.reason());
      case Closed.SESSION_ENDED -> {
        mustRenew = true;
        if (keeper.canRenew()) {
          waitAndConnect(closed.reason(), backoff.next());
        } else {
          end(closed.reason());
        }
      }
      case Closed.GOING_AWAY ->
          waitAndConnect(
              closed.reason(),
              Duration.ofMillis(ThreadLocalRandom.current().nextLong(GOING_AWAY_MILLIS)));
      default -> waitAndConnect(closed.reason(), backoff.next());
    }
    requests.failAll(closed.reason());
  }

  private void waitAndConnect(String reason, Duration wait) {
    endpointIndex = (endpointIndex + 1) % config.endpoints().size();
    setStatus(Status.OFFLINE, reason);
    retry = executor.after(wait, this::connect);
  }

  private void setStatus(Status status, @Nullable String reason) {
    connection = new Connection(status, reason);
    listener.handleStatus(connection);
  }

  private void cancelTimers() {
    for (Timer timer : new Timer[] {retry, ping, renewal}) {
      if (timer != null) {
        timer.cancel();
      }
    }
  }

  private interface Handler<T> {
    void handle(T value);
  }

  /** Calls one of the two on the executor, unless the link is another by then. */
  private <T> void whenDone(
      CompletableFuture<T> future, Link from, Handler<T> success, Handler<JovialException> failed) {
    var unused =
        future.whenComplete(
            (value, failure) ->
                executor.execute(
                    () -> {
                      if (from != link) {
                        return;
                      }
                      if (failure == null) {
                        success.handle(value);
                      } else {
                        failed.handle(asJovial(failure));
                      }
                    }));
  }

  private static JovialException asJovial(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof JovialException known
        ? known
        : new JovialException("internal", String.valueOf(cause));
  }
}
