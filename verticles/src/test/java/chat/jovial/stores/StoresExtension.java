package chat.jovial.stores;

import chat.jovial.cassandra.CassandraConfig;
import chat.jovial.cassandra.CassandraStore;
import chat.jovial.embedded.EmbeddedCassandra;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Real stores for a test class: the Cassandra and the MongoDB of this JVM, which all its test
 * classes share, and in them a keyspace and a database that are new and this class's alone.
 *
 * <pre>{@code
 * @RegisterExtension static final StoresExtension STORES = new StoresExtension();
 * }</pre>
 */
public final class StoresExtension implements BeforeAllCallback {
  /** Cassandra allows 48 characters. */
  private static final int MAX_CHARACTERS = 40;

  private static final AtomicInteger CLASSES = new AtomicInteger();

  private String name = "";

  @Override
  public void beforeAll(ExtensionContext context) {
    String of = context.getRequiredTestClass().getSimpleName().toLowerCase(Locale.ROOT);
    String unique = "t" + CLASSES.incrementAndGet() + "_" + of;
    name = unique.substring(0, Math.min(unique.length(), MAX_CHARACTERS));
  }

  /** The keyspace of Cassandra and the database of MongoDB; neither exists before its first use. */
  public String name() {
    return name;
  }

  public EmbeddedCassandra cassandra() {
    return SharedStores.cassandra();
  }

  /** The files of all test classes of this JVM. */
  public Path cassandraFolder() {
    return SharedStores.cassandraFolder();
  }

  public CassandraConfig cassandraConfig() {
    return new CassandraConfig(
        List.of(cassandra().contactPoint()), cassandra().localDatacenter(), name, 1, null, null);
  }

  public Future<CassandraStore> connect(Vertx vertx) {
    return CassandraStore.connect(vertx, cassandraConfig());
  }

  /** The address of MongoDB; its database is {@link #name}. */
  public String mongoUri() {
    return SharedStores.mongo().connectionString();
  }

  /** What a whole server is given to use these stores, on ports that are free. */
  public Map<String, String> settings(Path folder) {
    Map<String, String> settings = new HashMap<>();
    settings.put("data.dir", folder.resolve("data").toString());
    List.of("http.port", "tcp.port", "management.port", "cluster.port")
        .forEach(port -> settings.put(port, "0"));
    var contact = cassandra().contactPoint();
    settings.put("cassandra.contact_points", contact.getHostString() + ":" + contact.getPort());
    settings.put("cassandra.keyspace", name);
    settings.put("cassandra.replication", "1");
    settings.put("keys.master_file", folder.resolve("master.key").toString());
    settings.put("mongo.uri", mongoUri());
    settings.put("mongo.database", name);
    return settings;
  }
}
