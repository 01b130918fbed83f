package chat.jovial.edge;

import chat.jovial.config.Setting;
import chat.jovial.config.Settings;
import chat.jovial.edge.files.DownloadLimits;
import chat.jovial.edge.files.FileLimits;
import chat.jovial.edge.limits.EdgeLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Settings of the edge, each with its reason where it is declared. */
public record EdgeConfig(
    String httpHost,
    int httpPort,
    String tcpHost,
    int tcpPort,
    String webroot,
    List<String> allowedOrigins,
    Optional<String> publicUrl,
    List<String> trustedProxies,
    boolean sockJsXhr,
    Duration pingInterval,
    Duration callTimeout,
    EdgeLimits limits,
    FileLimits files,
    DownloadLimits downloads) {

  private static final Setting<String> HTTP_HOST =
      Setting.text(
          "http.host",
          "127.0.0.1",
          "Address for HTTP, WebSocket and SockJS; 0.0.0.0 lets other machines in.");
  private static final Setting<Integer> HTTP_PORT =
      Setting.integer("http.port", 8080, 0, 65_535, "Its port; 0 picks a free one.");
  private static final Setting<String> TCP_HOST =
      Setting.text(
          "tcp.host", "127.0.0.1", "Address for native clients; 0.0.0.0 lets other machines in.");
  private static final Setting<Integer> TCP_PORT =
      Setting.integer("tcp.port", 7000, 0, 65_535, "Its port; 0 picks a free one.");
  private static final Setting<String> WEBROOT =
      Setting.text("edge.webroot", "webroot", "Folder of the web app, served at /.");
  private static final Setting<List<String>> ALLOWED_ORIGINS =
      Setting.list(
          "edge.allowed_origins",
          List.of(),
          "Web pages from elsewhere that may connect, such as https://app.example.com;"
              + " pages of this server may always.");
  private static final Setting<Optional<String>> PUBLIC_URL =
      Setting.optionalText(
          "edge.public_url",
          "Address under which browsers and devices reach this server, such as"
              + " https://chat.example.com: its pages may always connect, and clients learn it with"
              + " session.open. Needed where a proxy in front writes its own Host.");
  private static final Setting<List<String>> TRUSTED_PROXIES =
      Setting.list(
          "edge.trusted_proxies",
          List.of("127.0.0.1"),
          "Addresses or networks, such as 10.0.0.0/8, of the proxies in front. What they say about"
              + " their clients is believed: X-Forwarded-For, X-Forwarded-Host and Forwarded over"
              + " HTTP, the PROXY protocol over TCP. Limits and logs then know the clients; the"
              + " limit on connections of one address does not hold for a proxy.");
  private static final Setting<Boolean> SOCKJS_XHR =
      Setting.flag(
          "edge.sockjs_xhr",
          false,
          "SockJS without WebSocket. Its sessions live on one node: needs a sticky balancer.");
  private static final Setting<Duration> PING_INTERVAL =
      Setting.duration(
          "edge.ping_interval",
          Duration.ofSeconds(25),
          Duration.ofSeconds(1),
          Duration.ofMinutes(10),
          "How often a client shows that it is there; one silent for twice as long is closed."
              + " Many networks drop what is silent for 30 s.");
  private static final Setting<Duration> CALL_TIMEOUT =
      Setting.duration(
          "edge.call_timeout",
          Duration.ofSeconds(10),
          Duration.ofMillis(100),
          Duration.ofMinutes(2),
          "How long a service may take to answer before the client is told 'timeout'.");

  public static final List<Setting<?>> SETTINGS =
      Stream.of(
              List.<Setting<?>>of(
                  HTTP_HOST,
                  HTTP_PORT,
                  TCP_HOST,
                  TCP_PORT,
                  WEBROOT,
                  ALLOWED_ORIGINS,
                  PUBLIC_URL,
                  TRUSTED_PROXIES,
                  SOCKJS_XHR,
                  PING_INTERVAL,
                  CALL_TIMEOUT),
              EdgeLimits.SETTINGS,
              FileLimits.SETTINGS,
              DownloadLimits.SETTINGS)
          .<Setting<?>>flatMap(List::stream)
          .toList();

  public EdgeConfig {
    allowedOrigins = List.copyOf(allowedOrigins);
    trustedProxies = List.copyOf(trustedProxies);
  }

  public static EdgeConfig of(Settings settings) {
    return new EdgeConfig(
        settings.get(HTTP_HOST),
        settings.get(HTTP_PORT),
        settings.get(TCP_HOST),
        settings.get(TCP_PORT),
        settings.get(WEBROOT),
        settings.get(ALLOWED_ORIGINS),
        settings.get(PUBLIC_URL),
        settings.get(TRUSTED_PROXIES),
        settings.get(SOCKJS_XHR),
        settings.get(PING_INTERVAL),
        settings.get(CALL_TIMEOUT),
        EdgeLimits.of(settings),
        FileLimits.of(settings),
        DownloadLimits.of(settings));
  }
}
