package chat.jovial.mss.log;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cassandra.PreparedSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.util.List;

/** The message tables, at quorum. Any thread. */
public final class LogTables {
  private final CassandraClient client;
  private final PreparedSet<LogStatement> statements;

  private LogTables(CassandraClient client, PreparedSet<LogStatement> statements) {
    this.client = client;
    this.statements = statements;
  }

  public static Future<LogTables> prepare(CassandraStore store) {
    return prepare(store, store.client());
  }

  /**
   * @param client executes the statements
   */
  static Future<LogTables> prepare(CassandraStore store, CassandraClient client) {
    return PreparedSet.prepare(store, LogStatement.class)
        .map(statements -> new LogTables(client, statements));
  }

  /** The statement, of one bucket of a log. */
  BoundStatementBuilder bind(LogStatement statement, String conversationId, long bucket) {
    return bind(statement, conversationId).setLong("bucket", bucket);
  }

  /** The statement, of one log. */
  BoundStatementBuilder bind(LogStatement statement, String conversationId) {
    return statements.bind(statement).setString("conversation_id", conversationId);
  }

  /** The statement, of a range in one bucket of a log. */
  BoundStatementBuilder bindRange(
      LogStatement statement, String conversationId, long bucket, long first, long last) {
    return bind(statement, conversationId, bucket).setLong("first", first).setLong("last", last);
  }

  /** Succeeds when a quorum has it. */
  Future<?> write(Statement<?> statement) {
    return client.execute(statement);
  }

  Future<List<Row>> read(BoundStatement statement) {
    return client.executeWithFullFetch(statement);
  }

  /** Headers of up to {@code max} entries of a range in one bucket, lowest first. */
  public Future<List<Row>> headers(
      String conversationId, long bucket, long first, long last, int max) {
    return read(
        bindRange(LogStatement.HEADERS_ASCENDING, conversationId, bucket, first, last)
            .setInt("max", max)
            .build());
  }
}
