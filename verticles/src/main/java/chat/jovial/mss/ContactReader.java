package chat.jovial.mss;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.Ids;
import chat.jovial.contract.mss.Contacts;
import chat.jovial.contract.mss.ListContacts;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells with whom a user has a direct conversation: it is noted for both when it begins. */
final class ContactReader {
  private final CassandraClient client;
  private final PreparedStatement conversations;

  private ContactReader(CassandraClient client, PreparedStatement conversations) {
    this.client = client;
    this.conversations = conversations;
  }

  static Future<ContactReader> prepare(CassandraStore store) {
    return store
        .prepare(
            "SELECT conversation_id FROM $member_conversations"
                + " WHERE user_id = ? AND conversation_id IN ?")
        .map(prepared -> new ContactReader(store.client(), prepared));
  }

  Future<Contacts> read(ListContacts query) {
    List<String> possible =
        query.otherIds().stream()
            .map(other -> Ids.directConversation(query.userId(), other))
            .toList();
    return client
        .executeWithFullFetch(conversations.bind(query.userId(), possible))
        .map(
            rows -> {
              Set<String> found =
                  rows.stream().map(row -> row.getString(0)).collect(Collectors.toSet());
              return new Contacts(
                  query.otherIds().stream()
                      .filter(
                          other -> found.contains(Ids.directConversation(query.userId(), other)))
                      .toList());
            });
  }
}
