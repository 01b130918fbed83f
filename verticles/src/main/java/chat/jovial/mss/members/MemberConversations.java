package chat.jovial.mss.members;

import chat.jovial.cassandra.PreparedSet;
import chat.jovial.contract.Ids;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.mss.Contacts;
import chat.jovial.contract.mss.ListContacts;
import chat.jovial.contract.mss.RecordActivity;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Table of the conversations of each user. The activity of a conversation is recorded for each
 * member before the first message of each recovery and of each day is committed, so its newest
 * entry is not newer than the end of the day recorded.
 */
public final class MemberConversations {
  /** Conversations of one user that a timeline reads. */
  private static final int MAX_CONVERSATIONS = 10_000;

  private final CassandraClient client;
  private final PreparedSet<MemberStatement> statements;

  public MemberConversations(CassandraClient client, PreparedSet<MemberStatement> statements) {
    this.client = client;
    this.statements = statements;
  }

  public Future<Nothing> record(RecordActivity activity) {
    List<Future<?>> writes = new ArrayList<>();
    for (String userId : activity.userIds()) {
      writes.add(
          client.execute(
              statements
                  .bind(MemberStatement.RECORD_ACTIVITY)
                  .setString("user_id", userId)
                  .setString("conversation_id", activity.conversationId())
                  .setInstant("touched_at", activity.at())
                  .build()));
    }
    return Future.all(writes).map(Nothing.NOTHING);
  }

  /** The most recently active first. */
  public Future<List<ConversationActivity>> conversationsOf(String userId) {
    return client
        .executeWithFullFetch(
            statements
                .bind(MemberStatement.CONVERSATIONS_OF_MEMBER)
                .setString("user_id", userId)
                .setInt("max", MAX_CONVERSATIONS)
                .build())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new ConversationActivity(
                                row.getString("conversation_id"), row.getInstant("touched_at")))
                    .sorted(Comparator.comparing(ConversationActivity::at).reversed())
                    .toList());
  }

  /** Those with whom a user has a direct conversation: recorded for both when it begins. */
  public Future<Contacts> contacts(ListContacts query) {
    List<String> possible =
        query.otherIds().stream()
            .map(other -> Ids.directConversation(query.userId(), other))
            .toList();
    return client
        .executeWithFullFetch(
            statements
                .bind(MemberStatement.CONVERSATIONS_AMONG)
                .setString("user_id", query.userId())
                .setList("conversation_ids", possible, String.class)
                .build())
        .map(
            rows -> {
              Set<String> found =
                  rows.stream()
                      .map(row -> row.getString("conversation_id"))
                      .collect(Collectors.toSet());
              return new Contacts(
                  query.otherIds().stream()
                      .filter(
                          other -> found.contains(Ids.directConversation(query.userId(), other)))
                      .toList());
            });
  }
}
