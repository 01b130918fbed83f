package chat.jovial.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.datastax.oss.driver.api.core.session.Session;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Agreement of Cassandra's nodes about the schema. A change spreads within seconds, and a node that
 * has not received it does not know that there was one: so changes are made at one node, and that
 * one is asked how far they have come. (The driver asks whichever node it reads the topology from.)
 */
final class SchemaAgreement {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MAX_POLLS = 300;

  private final Vertx vertx;
  private final CassandraClient client;
  private final Session session;
  private final Node node;

  /**
   * @param session connected
   */
  SchemaAgreement(Vertx vertx, CassandraClient client, Session session) {
    this.vertx = vertx;
    this.client = client;
    this.session = session;
    // The same one for all servers that start at the same time.
    this.node =
        session.getMetadata().getNodes().values().stream()
            .filter(known -> known.getState() == NodeState.UP)
            .min(Comparator.comparing(known -> Objects.toString(known.getHostId())))
            .orElseThrow(() -> new IllegalStateException("no node of Cassandra is up"));
  }

  /** Makes a change, of which other nodes may not have heard before {@link #reach}. */
  Future<Void> change(SimpleStatement statement) {
    return client.execute(statement.setNode(node)).mapEmpty();
  }

  /** Waits until all nodes that are up have heard of every change made so far. */
  Future<Void> reach() {
    return reach(1);
  }

  private Future<Void> reach(int poll) {
    return Future.all(
            ask("SELECT host_id, schema_version FROM system.local"),
            ask("SELECT host_id, schema_version FROM system.peers"))
        .compose(
            answers -> {
              List<Row> local = answers.resultAt(0);
              List<Row> peers = answers.resultAt(1);
              UUID version = local.get(0).getUuid("schema_version");
              boolean agreed =
                  peers.stream()
                      .filter(this::isUp)
                      .allMatch(peer -> Objects.equals(version, peer.getUuid("schema_version")));
              if (agreed) {
                return Future.succeededFuture();
              }
              return poll == MAX_POLLS
                  ? Future.failedFuture("its nodes do not agree on their tables")
                  : vertx.timer(POLL.toMillis()).compose(waited -> reach(poll + 1));
            });
  }

  private Future<List<Row>> ask(String cql) {
    return client.executeWithFullFetch(SimpleStatement.newInstance(cql).setNode(node));
  }

  private boolean isUp(Row peer) {
    Node known = session.getMetadata().getNodes().get(peer.getUuid("host_id"));
    return known != null
        && known.getState() != NodeState.DOWN
        && known.getState() != NodeState.FORCED_DOWN;
  }
}
