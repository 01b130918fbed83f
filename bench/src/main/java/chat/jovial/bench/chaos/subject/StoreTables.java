package chat.jovial.bench.chaos.subject;

import chat.jovial.bench.chaos.evidence.MessageKey;
import chat.jovial.bench.chaos.evidence.Row;
import chat.jovial.contract.Json;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.internal.core.loadbalancing.DcInferringLoadBalancingPolicy;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a conversation from the server's own tables, past the server. Blocks. */
public final class StoreTables implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final CqlSession session;
  private final PreparedStatement entries;
  private final PreparedStatement bodies;

  private StoreTables(CqlSession session) {
    this.session = session;
    entries =
        session.prepare("SELECT seq FROM log_entries WHERE conversation_id = ? AND bucket = ?");
    bodies =
        session.prepare(
            "SELECT seq, body FROM log_bodies WHERE conversation_id = ? AND bucket = ?");
  }

  public static StoreTables open(InetSocketAddress cassandra, String keyspace) {
    DriverConfigLoader configuration =
        DriverConfigLoader.programmaticBuilder()
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, TIMEOUT)
            .withString(DefaultDriverOption.REQUEST_CONSISTENCY, ConsistencyLevel.QUORUM.name())
            .withClass(
                DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS,
                DcInferringLoadBalancingPolicy.class)
            .build();
    return new StoreTables(
        CqlSession.builder()
            .addContactPoint(cassandra)
            .withConfigLoader(configuration)
            .withKeyspace(keyspace)
            .build());
  }

  /** Its entries in order, those that were never acknowledged as well. */
  public List<Row> rows(String conversationId) {
    List<Row> rows = new ArrayList<>();
    for (long bucket = 0; ; bucket++) {
      Map<Long, Long> keys = new HashMap<>();
      session
          .execute(bodies.bind(conversationId, bucket))
          .forEach(row -> keys.put(row.getLong("seq"), key(row.getString("body"))));
      int before = rows.size();
      session
          .execute(entries.bind(conversationId, bucket))
          .forEach(
              row -> {
                long seq = row.getLong("seq");
                rows.add(new Row(seq, keys.getOrDefault(seq, MessageKey.UNKNOWN)));
              });
      if (rows.size() == before) {
        return rows;
      }
    }
  }

  private static long key(@org.jspecify.annotations.Nullable String body) {
    if (body == null) {
      return MessageKey.UNKNOWN;
    }
    try {
      return MessageKey.parse(Json.MAPPER.readTree(body).path("text").asText());
    } catch (JsonProcessingException e) {
      return MessageKey.UNKNOWN;
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
