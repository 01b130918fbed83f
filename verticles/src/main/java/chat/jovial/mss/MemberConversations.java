package chat.jovial.mss;

import chat.jovial.contract.Nothing;
import chat.jovial.contract.mss.RecordActivity;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which conversations a user is in. A conversation notes itself for each member before the first
 * message of each activation and of each day is acknowledged, so its newest entry is not newer than
 * the end of the day noted.
 */
final class MemberConversations {
  /** Conversations of one user that a timeline looks at. */
  private static final int MAX_CONVERSATIONS = 10_000;

  private final CassandraClient client;
  private final LogStatements statements;

  MemberConversations(CassandraClient client, LogStatements statements) {
    this.client = client;
    this.statements = statements;
  }

  /** A conversation and the day up to whose end it may have something new. */
  record Touched(String conversationId, Instant at) {
    static Touched always(String conversationId) {
      return new Touched(conversationId, Instant.EPOCH.plus(Duration.ofDays(1_000_000)));
    }

    Instant newestPossible() {
      return at.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    }
  }

  Future<Nothing> touch(RecordActivity touch) {
    List<Future<?>> writes = new ArrayList<>();
    for (String userId : touch.userIds()) {
      writes.add(
          client.execute(statements.touch().bind(userId, touch.conversationId(), touch.at())));
    }
    return Future.all(writes).map(Nothing.NOTHING);
  }

  /** Those that were busy last first. */
  Future<List<Touched>> of(String userId) {
    return client
        .executeWithFullFetch(statements.conversationsOfMember().bind(userId, MAX_CONVERSATIONS))
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Touched(row.getString(0), row.getInstant(1)))
                    .sorted(Comparator.comparing(Touched::at).reversed())
                    .toList());
  }
}
