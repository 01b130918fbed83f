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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reader of a conversation from the server's tables, without the server. Blocks. */
public final class StoreTables implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final CqlSession session;
  private final PreparedStatement entries;
  private final PreparedStatement bodies;
  private final SealedBodies sealed;

  private StoreTables(CqlSession session, SealedBodies sealed) {
    this.session = session;
    this.sealed = sealed;
    entries =
        session.prepare(
            "SELECT seq, sender_id FROM log_entries WHERE conversation_id = ? AND bucket = ?");
    bodies =
        session.prepare(
            "SELECT seq, sealed FROM log_bodies WHERE conversation_id = ? AND bucket = ?");
  }

  /**
   * @param masterKey what the servers open their keys with, in Base64
   */
  public static StoreTables open(InetSocketAddress cassandra, String keyspace, String masterKey) {
    DriverConfigLoader configuration =
        DriverConfigLoader.programmaticBuilder()
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, TIMEOUT)
            .withString(DefaultDriverOption.REQUEST_CONSISTENCY, ConsistencyLevel.QUORUM.name())
            .withClass(
                DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS,
                DcInferringLoadBalancingPolicy.class)
            .build();
    CqlSession session =
        CqlSession.builder()
            .addContactPoint(cassandra)
            .withConfigLoader(configuration)
            .withKeyspace(keyspace)
            .build();
    return new StoreTables(session, new SealedBodies(session, masterKey));
  }

  /** Its entries in order, those that were never acknowledged as well. */
  public List<Row> rows(String conversationId) {
    List<Row> rows = new ArrayList<>();
    for (long bucket = 0; ; bucket++) {
      Map<Long, ByteBuffer> bodyBySeq = new HashMap<>();
      session
          .execute(bodies.bind(conversationId, bucket))
          .forEach(row -> bodyBySeq.put(row.getLong("seq"), row.getByteBuffer("sealed")));
      int before = rows.size();
      session
          .execute(entries.bind(conversationId, bucket))
          .forEach(
              row -> {
                long seq = row.getLong("seq");
                ByteBuffer body = bodyBySeq.get(seq);
                rows.add(
                    new Row(
                        seq,
                        body == null
                            ? MessageKey.UNKNOWN
                            : key(
                                sealed.open(
                                    conversationId, row.getString("sender_id"), seq, body))));
              });
      if (rows.size() == before) {
        return rows;
      }
    }
  }

  private static long key(String body) {
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
