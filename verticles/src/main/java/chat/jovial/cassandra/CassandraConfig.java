package chat.jovial.cassandra;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Address and credentials of Cassandra.
 *
 * @param datacenter the one data centre that all owners of conversations use
 * @param replication copies of each row in that data centre: 1 for the embedded store, else 3
 */
public record CassandraConfig(
    List<InetSocketAddress> contactPoints,
    String datacenter,
    String keyspace,
    int replication,
    @Nullable String username,
    @Nullable String password) {
  public CassandraConfig {
    contactPoints = List.copyOf(contactPoints);
    if (!keyspace.matches("[a-z][a-z0-9_]{0,47}")) {
      throw new IllegalArgumentException(
          "cassandra.keyspace must be lower-case letters, digits and underscores, but is "
              + keyspace);
    }
  }
}
