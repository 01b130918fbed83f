package chat.jovial.server.settings;

import chat.jovial.cassandra.CassandraConfig;
import chat.jovial.config.Setting;
import chat.jovial.config.Settings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Settings of the stores: those given, or else embedded ones.
 *
 * @param minFreeMiB room on the disk of embedded stores, with less of which nothing is written
 */
public record StoresConfig(Cassandra cassandra, Mongo mongo, int minFreeMiB) {
  public boolean isAnyEmbedded() {
    return cassandra.isEmbedded() || mongo.isEmbedded();
  }

  /**
   * @param contactPoints {@code host} or {@code host:port}; none means the embedded Cassandra
   */
  public record Cassandra(
      int port,
      int heapMiB,
      String commitLog,
      Duration commitLogWindow,
      List<String> contactPoints,
      String datacenter,
      String keyspace,
      int replication,
      Optional<String> username,
      Optional<String> password) {
    public boolean isEmbedded() {
      return contactPoints.isEmpty();
    }

    public CassandraConfig at(List<InetSocketAddress> addresses, String dataCentre, int copies) {
      return new CassandraConfig(
          addresses, dataCentre, keyspace, copies, username.orElse(null), password.orElse(null));
    }
  }

  /**
   * @param uri none means the embedded MongoDB wire server
   */
  public record Mongo(int port, boolean sync, Optional<String> uri, String database) {
    public boolean isEmbedded() {
      return uri.isEmpty();
    }
  }

  private static final Setting<Integer> MIN_FREE_MIB =
      Setting.integer(
          "stores.min_free_mib",
          600,
          100,
          1_000_000,
          "MiB that must be free on the disk of the data folder when a store is embedded. With"
              + " less, messages, files and accounts are refused with try_again and reading goes"
              + " on; when there is room again, so does writing. An embedded Cassandra starts with"
              + " 512 only.");
  private static final Setting<Integer> CASSANDRA_PORT =
      Setting.integer(
          "cassandra.port",
          0,
          0,
          65_535,
          "Port of the embedded Cassandra on loopback; 0 picks a free one at each start. Give one"
              + " to look into it with cqlsh.");
  private static final Setting<Integer> CASSANDRA_HEAP =
      Setting.integer(
          "cassandra.heap_mib",
          1024,
          256,
          65_536,
          "Largest heap of the embedded Cassandra in MiB; it takes about as much again outside the"
              + " heap.");
  private static final Setting<String> COMMIT_LOG =
      Setting.choice(
          "cassandra.commit_log",
          "group",
          List.of("group", "batch", "periodic"),
          "When the embedded Cassandra acknowledges a write: after a sync to disk that the writes"
              + " of a window share (group), after one that starts at once (batch), or before it"
              + " (periodic: a kill loses acknowledged messages; for measurements only).");
  private static final Setting<Duration> COMMIT_LOG_WINDOW =
      Setting.duration(
          "cassandra.commit_log_window",
          Duration.ofMillis(1),
          Duration.ofMillis(1),
          Duration.ofSeconds(10),
          "How long the commit log gathers writes for one sync to disk; a longer window adds to"
              + " every message's way.");
  private static final Setting<List<String>> CONTACT_POINTS =
      Setting.list(
          "cassandra.contact_points",
          List.of(),
          "Nodes of a Cassandra of your own, host or host:port. Empty: an embedded Cassandra runs"
              + " beside this node, one copy of the data.");
  private static final Setting<String> DATACENTER =
      Setting.text(
          "cassandra.datacenter",
          "datacenter1",
          "The one data centre that all nodes of Jovial use; only asked for your own Cassandra.");
  private static final Setting<String> KEYSPACE =
      Setting.text(
          "cassandra.keyspace", "jovial", "Where the tables are; made at first start if missing.");
  private static final Setting<Integer> REPLICATION =
      Setting.integer(
          "cassandra.replication",
          3,
          1,
          9,
          "Copies of each row when the keyspace is made in your own Cassandra; with 3 any one of"
              + " its nodes may fail. The embedded one has 1.");
  private static final Setting<Optional<String>> USERNAME =
      Setting.optionalText("cassandra.username", "User name at your own Cassandra.");
  private static final Setting<Optional<String>> PASSWORD =
      Setting.secret(
          "cassandra.password",
          "Password at your own Cassandra; better given as JOVIAL_CASSANDRA_PASSWORD than written"
              + " into a file.");
  private static final Setting<Integer> MONGO_PORT =
      Setting.integer(
          "mongo.port",
          0,
          0,
          65_535,
          "Port of the embedded MongoDB wire server on loopback; 0 picks a free one at each"
              + " start.");
  private static final Setting<Boolean> MONGO_SYNC =
      Setting.flag(
          "mongo.sync",
          true,
          "Whether the embedded MongoDB wire server forces a write to disk before it answers."
              + " false: it survives a kill, but not a power cut.");
  private static final Setting<Optional<String>> MONGO_URI =
      Setting.secret(
          "mongo.uri",
          "Address of a MongoDB of your own, mongodb://...; none: an embedded one runs inside this"
              + " node.");
  private static final Setting<String> MONGO_DATABASE =
      Setting.text("mongo.database", "jovial", "Database with users, apps and keys.");

  public static final List<Setting<?>> SETTINGS =
      List.of(
          MIN_FREE_MIB,
          CASSANDRA_PORT,
          CASSANDRA_HEAP,
          COMMIT_LOG,
          COMMIT_LOG_WINDOW,
          CONTACT_POINTS,
          DATACENTER,
          KEYSPACE,
          REPLICATION,
          USERNAME,
          PASSWORD,
          MONGO_PORT,
          MONGO_SYNC,
          MONGO_URI,
          MONGO_DATABASE);

  public static StoresConfig of(Settings settings) {
    return new StoresConfig(
        new Cassandra(
            settings.get(CASSANDRA_PORT),
            settings.get(CASSANDRA_HEAP),
            settings.get(COMMIT_LOG).toUpperCase(Locale.ROOT),
            settings.get(COMMIT_LOG_WINDOW),
            settings.get(CONTACT_POINTS),
            settings.get(DATACENTER),
            settings.get(KEYSPACE),
            settings.get(REPLICATION),
            settings.get(USERNAME),
            settings.get(PASSWORD)),
        new Mongo(
            settings.get(MONGO_PORT),
            settings.get(MONGO_SYNC),
            settings.get(MONGO_URI),
            settings.get(MONGO_DATABASE)),
        settings.get(MIN_FREE_MIB));
  }
}
