package chat.jovial.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.NodeStateListenerBase;
import com.datastax.oss.driver.api.core.session.Session;
import io.vertx.cassandra.CassandraClient;
import io.vertx.cassandra.CassandraClientOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Session with Cassandra, with the consistency that the rules of the log rely on. One for each
 * node, used by all its verticles; results arrive on the caller's context.
 */
public final class CassandraStore {
  /** Longer than a pause of the store's collector, shorter than a lease. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

  /** Connecting and schema changes may take this long on a machine that is busy starting. */
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

  /** The driver tries a lost node again at first after this time, and at most after the other. */
  private static final Duration RECONNECT_FIRST = Duration.ofMillis(200);

  private static final Duration RECONNECT_MAX = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final CassandraConfig config;
  private final CassandraClient client;
  private final AtomicReference<@Nullable Session> session = new AtomicReference<>();

  private CassandraStore(Vertx vertx, CassandraConfig config, DriverConfigLoader options) {
    this.vertx = vertx;
    this.config = config;
    CqlSessionBuilder builder =
        CqlSession.builder().addNodeStateListener(new SessionCatcher(session));
    configure(builder, config, options);
    this.client = CassandraClient.create(vertx, new CassandraClientOptions(builder));
  }

  /** The client of Vert.x keeps its session to itself. */
  private static final class SessionCatcher extends NodeStateListenerBase {
    private final AtomicReference<@Nullable Session> caught;

    SessionCatcher(AtomicReference<@Nullable Session> caught) {
      this.caught = caught;
    }

    @Override
    public void onSessionReady(Session session) {
      caught.set(session);
    }
  }

  /** Connects, makes the keyspace if it is missing, and brings the tables up to date. */
  public static Future<CassandraStore> connect(Vertx vertx, CassandraConfig config) {
    CassandraStore store = new CassandraStore(vertx, config, options(config).build());
    return new Migrations(
            vertx,
            store.client,
            config,
            () -> new SchemaAgreement(vertx, store.client, store.connected()))
        .run()
        .map(store)
        .recover(
            failure ->
                store.close().transform(closed -> Future.<CassandraStore>failedFuture(failure)));
  }

  /**
   * Opens another session to the same tables, with connections and a thread that what uses this one
   * does not share: requests on it are sent however many wait here. To be closed like this one.
   */
  public Future<CassandraStore> openSeparate() {
    CassandraStore store =
        new CassandraStore(
            vertx, config, options(config).withInt(DefaultDriverOption.NETTY_IO_SIZE, 1).build());
    return store
        .ping()
        .map(store)
        .recover(
            failure ->
                store.close().transform(closed -> Future.<CassandraStore>failedFuture(failure)));
  }

  /** Succeeds when a node of Cassandra answers. */
  public Future<Void> ping() {
    return client.execute("SELECT key FROM system.local").mapEmpty();
  }

  public CassandraClient client() {
    return client;
  }

  /** For a further session with other options. */
  public CassandraConfig config() {
    return config;
  }

  /** Prepares a statement in which {@code $} stands before the name of each table. */
  public Future<PreparedStatement> prepare(String cql) {
    return client.prepare(withKeyspace(cql));
  }

  /** The statement with {@code $} before the name of a table replaced by the keyspace. */
  public String withKeyspace(String cql) {
    return cql.replace("$", config.keyspace() + ".");
  }

  private Session connected() {
    return Objects.requireNonNull(session.get(), "not connected");
  }

  /**
   * From soon on each request goes straight to a node that has what it asks for. For that the
   * driver reads the schema, which would be most of the time that it takes to connect, and which it
   * would do again at each change of the tables: so not before there is time for it.
   */
  public Future<Void> routeByToken() {
    return Future.fromCompletionStage(connected().setSchemaMetadataEnabled(true)).mapEmpty();
  }

  public Future<Void> close() {
    return client.close();
  }

  /** Options that the rules of the log rely on; a session may add more. */
  public static ProgrammaticDriverConfigLoaderBuilder options(CassandraConfig config) {
    return DriverConfigLoader.programmaticBuilder()
        .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
        .withString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, "LOCAL_SERIAL")
        .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, REQUEST_TIMEOUT)
        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, START_TIMEOUT)
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, START_TIMEOUT)
        .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, START_TIMEOUT)
        // See routeByToken().
        .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
        .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, RECONNECT_FIRST)
        .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, RECONNECT_MAX)
        // Nothing is sent any more when the client is closed; the driver would wait 2 s for it.
        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
        .withStringList(
            DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES, List.of(config.keyspace()));
  }

  /** Has a session connect as this store does. */
  public static void configure(
      CqlSessionBuilder builder, CassandraConfig config, DriverConfigLoader options) {
    builder
        .withConfigLoader(options)
        .addContactPoints(config.contactPoints())
        .withLocalDatacenter(config.datacenter());
    if (config.username() != null && config.password() != null) {
      builder.withAuthCredentials(config.username(), config.password());
    }
  }
}
