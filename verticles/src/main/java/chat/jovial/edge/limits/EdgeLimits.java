package chat.jovial.edge.limits;

import chat.jovial.config.Setting;
import chat.jovial.config.Settings;
import java.time.Duration;
import java.util.List;

/** The bounds that keep one client from harming the others; what happens beyond each is its doc. */
public record EdgeLimits(
    int maxFrameBytes,
    int maxOutboundBytes,
    int maxPartialMib,
    int maxRequestsInFlight,
    int maxConnections,
    int maxConnectionsPerAddress,
    int maxConnectionsPerUser,
    int maxConnectionsPerDevice,
    Rate connectionRate,
    Rate userRate,
    Rate addressRate,
    Rate credentialRate,
    Duration stallTimeout,
    Duration openTimeout) {

  /** So many requests a second for long, and so many at once after a pause. */
  public record Rate(int perSecond, int burst) {}

  private static final Setting<Integer> MAX_FRAME_BYTES =
      Setting.integer(
          "edge.max_frame_bytes",
          256 * 1024,
          1024,
          16 * 1024 * 1024,
          "Longest frame or HTTP body taken from a client; one that sends more is closed.");
  private static final Setting<Integer> MAX_OUTBOUND_BYTES =
      Setting.integer(
          "edge.max_outbound_bytes",
          1024 * 1024,
          16 * 1024,
          64 * 1024 * 1024,
          "What may wait for a client that reads slowly; beyond it the connection is closed (4408)"
              + " and the device syncs.");
  private static final Setting<Integer> MAX_REQUESTS_IN_FLIGHT =
      Setting.integer(
          "edge.max_requests_in_flight",
          64,
          1,
          10_000,
          "Requests of a connection that are being answered; beyond it the server reads no more"
              + " from it until one is.");
  private static final Setting<Integer> MAX_PARTIAL_MIB =
      Setting.integer(
          "edge.max_partial_mib",
          0,
          0,
          1024 * 1024,
          "What a node may have received of frames and bodies that are not whole, in MiB, over all"
              + " connections; 0 is an eighth of the heap. A quarter of it is for clients"
              + " without a session. Beyond it the newest is refused.");
  private static final Setting<Integer> MAX_CONNECTIONS =
      Setting.integer(
          "edge.max_connections",
          50_000,
          1,
          1_000_000,
          "Connections of a node; one more is closed at once. Memory: up to 30 kB each when idle.");
  private static final Setting<Integer> MAX_CONNECTIONS_PER_ADDRESS =
      Setting.integer(
          "edge.max_connections_per_address",
          1_000,
          1,
          1_000_000,
          "Connections from one network address to a node; one more is closed at once. Does not"
              + " hold for edge.trusted_proxies, whose clients are counted instead.");
  private static final Setting<Integer> MAX_CONNECTIONS_PER_USER =
      Setting.integer(
          "edge.max_connections_per_user",
          64,
          1,
          10_000,
          "Connections of one user on a node; the oldest is closed (4409).");
  private static final Setting<Integer> MAX_CONNECTIONS_PER_DEVICE =
      Setting.integer(
          "edge.max_connections_per_device",
          8,
          1,
          1_000,
          "Connections of one device on a node, such as browser tabs; the oldest is closed"
              + " (4409).");
  private static final Setting<Integer> REQUESTS_PER_SECOND =
      rate("edge.requests_per_second", 500, "Requests of one connection; beyond it rate_limited.");
  private static final Setting<Integer> REQUEST_BURST =
      rate("edge.request_burst", 1_000, "As many may come at once after a pause.");
  private static final Setting<Integer> USER_REQUESTS_PER_SECOND =
      rate(
          "edge.user_requests_per_second",
          1_000,
          "Requests of one user over all connections of a node; beyond it rate_limited.");
  private static final Setting<Integer> USER_REQUEST_BURST =
      rate("edge.user_request_burst", 2_000, "As many may come at once after a pause.");
  private static final Setting<Integer> HTTP_REQUESTS_PER_SECOND =
      rate(
          "edge.http_requests_per_second",
          1_000,
          "HTTP requests of one network address; beyond it rate_limited.");
  private static final Setting<Integer> HTTP_REQUEST_BURST =
      rate("edge.http_request_burst", 2_000, "As many may come at once after a pause.");
  private static final Setting<Integer> CREDENTIALS_PER_SECOND =
      rate(
          "edge.credentials_per_second",
          5,
          "Logins and registrations of one network address: each costs a password hash;"
              + " beyond it rate_limited.");
  private static final Setting<Integer> CREDENTIAL_BURST =
      rate("edge.credential_burst", 300, "As many may come at once after a pause.");
  private static final Setting<Duration> STALL_TIMEOUT =
      Setting.duration(
          "edge.stall_timeout",
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          "How long a client may take to read what was written to it, however little that is;"
              + " then it is closed (4408).");
  private static final Setting<Duration> OPEN_TIMEOUT =
      Setting.duration(
          "edge.open_timeout",
          Duration.ofSeconds(60),
          Duration.ofSeconds(1),
          Duration.ofMinutes(60),
          "How long a connection may be without a session; then it is closed.");

  public static final List<Setting<?>> SETTINGS =
      List.of(
          MAX_FRAME_BYTES,
          MAX_OUTBOUND_BYTES,
          MAX_PARTIAL_MIB,
          MAX_REQUESTS_IN_FLIGHT,
          MAX_CONNECTIONS,
          MAX_CONNECTIONS_PER_ADDRESS,
          MAX_CONNECTIONS_PER_USER,
          MAX_CONNECTIONS_PER_DEVICE,
          REQUESTS_PER_SECOND,
          REQUEST_BURST,
          USER_REQUESTS_PER_SECOND,
          USER_REQUEST_BURST,
          HTTP_REQUESTS_PER_SECOND,
          HTTP_REQUEST_BURST,
          CREDENTIALS_PER_SECOND,
          CREDENTIAL_BURST,
          STALL_TIMEOUT,
          OPEN_TIMEOUT);

  public static EdgeLimits of(Settings settings) {
    return new EdgeLimits(
        settings.get(MAX_FRAME_BYTES),
        settings.get(MAX_OUTBOUND_BYTES),
        settings.get(MAX_PARTIAL_MIB),
        settings.get(MAX_REQUESTS_IN_FLIGHT),
        settings.get(MAX_CONNECTIONS),
        settings.get(MAX_CONNECTIONS_PER_ADDRESS),
        settings.get(MAX_CONNECTIONS_PER_USER),
        settings.get(MAX_CONNECTIONS_PER_DEVICE),
        new Rate(settings.get(REQUESTS_PER_SECOND), settings.get(REQUEST_BURST)),
        new Rate(settings.get(USER_REQUESTS_PER_SECOND), settings.get(USER_REQUEST_BURST)),
        new Rate(settings.get(HTTP_REQUESTS_PER_SECOND), settings.get(HTTP_REQUEST_BURST)),
        new Rate(settings.get(CREDENTIALS_PER_SECOND), settings.get(CREDENTIAL_BURST)),
        settings.get(STALL_TIMEOUT),
        settings.get(OPEN_TIMEOUT));
  }

  /** Bytes for what is received in part. */
  public long maxPartialBytes() {
    return maxPartialMib == 0 ? Runtime.getRuntime().maxMemory() / 8 : (long) maxPartialMib << 20;
  }

  private static Setting<Integer> rate(String key, int defaultValue, String doc) {
    return Setting.integer(key, defaultValue, 1, 1_000_000, doc);
  }
}
