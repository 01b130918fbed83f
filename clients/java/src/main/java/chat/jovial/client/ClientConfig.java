package chat.jovial.client;

import chat.jovial.client.connection.ConnectionConfig;
import chat.jovial.client.connection.Endpoint;
import chat.jovial.client.model.Tokens;
import chat.jovial.client.store.MemoryStore;
import chat.jovial.client.store.Store;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Configuration of a client. Only endpoint and tokens are required. */
public final class ClientConfig {
  final ConnectionConfig connection;
  final @Nullable Tokens tokens;
  final @Nullable Supplier<CompletableFuture<Tokens>> tokenProvider;
  final Consumer<Tokens> onTokens;
  final Store store;
  final @Nullable ClientThreads threads;
  final @Nullable Executor callbacks;
  final Duration syncInterval;
  final Duration ackDelay;
  final Clock clock;
  final @Nullable URI http;
  final @Nullable URI httpFallback;
  final @Nullable SSLContext tls;

  private ClientConfig(Builder from) {
    connection =
        new ConnectionConfig(
            from.endpoints,
            from.tls == null ? null : from.tls.getSocketFactory(),
            from.connectTimeout,
            from.requestTimeout,
            from.pingInterval,
            from.pongTimeout,
            from.backoffFirst,
            from.backoffCap);
    if (from.tokens == null && from.tokenProvider == null) {
      throw new IllegalArgumentException("There are no tokens, and no provider of them.");
    }
    tokens = from.tokens;
    tokenProvider = from.tokenProvider;
    onTokens = from.onTokens;
    store = from.store == null ? new MemoryStore() : from.store;
    threads = from.threads;
    callbacks = from.callbacks;
    syncInterval = from.syncInterval;
    ackDelay = from.ackDelay;
    clock = from.clock;
    http = from.http;
    httpFallback = from.httpFallback;
    tls = from.tls;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects the choices. */
  public static final class Builder {
    private final List<Endpoint> endpoints = new ArrayList<>();
    private @Nullable SSLContext tls;
    private @Nullable Tokens tokens;
    private @Nullable Supplier<CompletableFuture<Tokens>> tokenProvider;
    private Consumer<Tokens> onTokens = renewed -> {};
    private @Nullable Store store;
    private @Nullable ClientThreads threads;
    private @Nullable Executor callbacks;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration requestTimeout = Duration.ofSeconds(10);
    private Duration pingInterval = Duration.ofSeconds(15);
    private Duration pongTimeout = Duration.ofSeconds(10);
    private Duration backoffFirst = Duration.ofMillis(200);
    private Duration backoffCap = Duration.ofSeconds(20);
    private Duration syncInterval = Duration.ofMinutes(1);
    private Duration ackDelay = Duration.ofMillis(200);
    private Clock clock = Clock.systemUTC();
    private @Nullable URI http;
    private @Nullable URI httpFallback;

    private Builder() {}

    /** A server's TCP port; several are tried in turn. */
    public Builder endpoint(String host, int port) {
      endpoints.add(new Endpoint(host, port));
      return this;
    }

    /**
     * The server's HTTP address, such as {@code https://chat.example.com}. Without it, the server's
     * word.
     */
    public Builder http(URI address) {
      if (address.getHost() == null || address.getScheme() == null) {
        throw new IllegalArgumentException(
            "An HTTP address is http(s)://HOST[:PORT], not " + address);
      }
      http = address;
      return this;
    }

    /** Where HTTP is served if neither the app nor the server says it. */
    public Builder httpFallback(URI address) {
      httpFallback = address;
      return this;
    }

    /** Encrypts the connection; the server's certificate must be valid for the endpoint's host. */
    public Builder tls(SSLContext context) {
      tls = context;
      return this;
    }

    /** What a login gave. If the store has newer ones of the same login, those are used. */
    public Builder tokens(Tokens given) {
      tokens = given;
      return this;
    }

    /**
     * Asks the app for tokens whenever new ones are needed, for apps with users of their own.
     * Called on the kit's thread. A {@code JovialException} with the code {@code unauthenticated}
     * ends the client; after other failures it asks again.
     */
    public Builder tokenProvider(Supplier<CompletableFuture<Tokens>> provider) {
      tokenProvider = provider;
      return this;
    }

    /** Is told of renewed tokens; the local store has them already. */
    public Builder onTokens(Consumer<Tokens> listener) {
      onTokens = listener;
      return this;
    }

    /** Where messages are kept; in memory if none is given. The client closes it. */
    public Builder store(Store localStore) {
      store = localStore;
      return this;
    }

    /** Threads shared with other clients; else the client makes one of its own. */
    public Builder threads(ClientThreads shared) {
      threads = shared;
      return this;
    }

    /**
     * Where listeners and triggers run, such as {@code Platform::runLater}; else on the kit's own
     * thread, which they must not block.
     */
    public Builder callbacks(Executor executor) {
      callbacks = executor;
      return this;
    }

    /** How long to wait for a connection, and for a reply. */
    public Builder timeouts(Duration connect, Duration request) {
      connectTimeout = connect;
      requestTimeout = request;
      return this;
    }

    /** How often to ask whether the server is there, and how long to wait until it is not. */
    public Builder ping(Duration interval, Duration timeout) {
      pingInterval = interval;
      pongTimeout = timeout;
      return this;
    }

    /** How long to wait before connecting again: at first, and at most. */
    public Builder backoff(Duration first, Duration cap) {
      backoffFirst = first;
      backoffCap = cap;
      return this;
    }

    /** How often to check for what a push should have brought. */
    public Builder syncInterval(Duration interval) {
      syncInterval = interval;
      return this;
    }

    /** How long receipts wait for more, so that one request tells many. */
    public Builder ackDelay(Duration delay) {
      ackDelay = delay;
      return this;
    }

    /** This device's clock; it may be wrong. */
    public Builder clock(Clock deviceClock) {
      clock = deviceClock;
      return this;
    }

    public ClientConfig build() {
      return new ClientConfig(this);
    }
  }
}
