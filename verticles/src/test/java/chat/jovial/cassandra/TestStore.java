package chat.jovial.cassandra;

import chat.jovial.embedded.EmbeddedCassandra;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.util.List;

/** How tests connect to a Cassandra that runs alone. */
public final class TestStore {
  private static final String KEYSPACE = "jovial";

  private TestStore() {}

  public static Future<CassandraStore> connect(Vertx vertx, EmbeddedCassandra cassandra) {
    return connect(vertx, cassandra.contactPoint(), cassandra.localDatacenter());
  }

  public static Future<CassandraStore> connect(
      Vertx vertx, InetSocketAddress contactPoint, String datacenter) {
    return connect(vertx, contactPoint, datacenter, KEYSPACE);
  }

  static Future<CassandraStore> connect(
      Vertx vertx, InetSocketAddress contactPoint, String datacenter, String keyspace) {
    return CassandraStore.connect(
        vertx, new CassandraConfig(List.of(contactPoint), datacenter, keyspace, 1, null, null));
  }
}
