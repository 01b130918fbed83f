package chat.jovial.messages;

import static chat.jovial.messages.LogNode.await;
import static chat.jovial.messages.LogNode.newUser;
import static chat.jovial.messages.LogNode.user;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Ids;
import chat.jovial.contract.MssOperations;
import chat.jovial.contract.Operation;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.ListMessages;
import chat.jovial.contract.mds.MessagePage;
import chat.jovial.contract.mds.Removal;
import chat.jovial.contract.mss.RecordActivity;
import chat.jovial.contract.mss.WriteGroup;
import chat.jovial.stores.StoresExtension;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code mds.received} and {@code mds.sent} make of a log in which much has happened. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimelineIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private static final Instant START =
      Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(600);

  private LogNode node;

  @BeforeAll
  void start() {
    node = new LogNode(STORES.cassandraConfig(), "folder");
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void only_messages_are_shown_and_those_that_were_removed_without_their_text() {
    String me = newUser();
    String bob = newUser();
    List<Entry> log = new ArrayList<>();
    add(log, me, bob, Kind.MESSAGE, "one", null, null);
    add(log, bob, me, Kind.MESSAGE, null, null, Removal.REDACTED);
    add(log, me, bob, Kind.EDIT, "one, edited", 1L, null);
    add(log, bob, me, Kind.REACTION, "reaction", 1L, null);
    add(log, bob, me, Kind.REDACTION, null, 2L, null);
    add(log, bob, me, Kind.MESSAGE, "six", null, null);
    add(log, me, bob, Kind.MESSAGE, null, null, Removal.DELETED);
    add(log, me, bob, Kind.MESSAGE, "eight", null, null);
    write(me, bob, log);

    assertThat(shown(MssOperations.SENT, me)).containsExactly("8 eight", "7 deleted", "1 one");
    assertThat(shown(MssOperations.RECEIVED, me)).containsExactly("6 six", "2 redacted");
    assertThat(shown(MssOperations.SENT, bob)).containsExactly("6 six", "2 redacted");
    assertThat(shown(MssOperations.RECEIVED, bob)).containsExactly("8 eight", "7 deleted", "1 one");
  }

  @Test
  void messages_behind_thousands_of_reactions_are_found_page_by_page() {
    String me = newUser();
    String bob = newUser();
    List<Entry> log = new ArrayList<>();
    add(log, bob, me, Kind.MESSAGE, "old", null, null);
    while (log.size() < 3_000) {
      add(log, bob, me, Kind.REACTION, "reaction", 1L, null);
    }
    add(log, bob, me, Kind.MESSAGE, "new", null, null);
    write(me, bob, log);

    assertThat(shown(MssOperations.RECEIVED, me)).containsExactly("3001 new", "1 old");
    assertThat(shown(MssOperations.SENT, me)).isEmpty();
  }

  private List<String> shown(Operation<ListMessages, MessagePage> operation, String userId) {
    List<String> shown = new ArrayList<>();
    String cursor = null;
    do {
      MessagePage page =
          await(
              node.services.call(operation, user(userId), new ListMessages(null, null, 2, cursor)));
      for (Entry entry : page.messages()) {
        assertThat(entry.isOf(Kind.MESSAGE)).isTrue();
        Body body = entry.body();
        shown.add(
            entry.seq()
                + " "
                + (body == null
                    ? entry.removed()
                    : body.json().replaceAll(".*\"text\":\"([^\"]*)\".*", "$1")));
      }
      cursor = page.cursor();
    } while (cursor != null);
    return shown;
  }

  private static void add(
      List<Entry> log,
      String sender,
      String other,
      String kind,
      @Nullable String text,
      @Nullable Long target,
      @Nullable String removed) {
    long seq = log.size() + 1L;
    Instant storedAt = START.plusMillis(seq);
    log.add(
        new Entry(
            Ids.directConversation(sender, other),
            seq,
            sender,
            other,
            "device",
            "c" + seq,
            storedAt,
            storedAt,
            kind,
            text == null ? null : Body.ofStored("{\"type\":\"text\",\"text\":\"" + text + "\"}"),
            null,
            null,
            target,
            removed));
  }

  /** As a former owner would have, in groups; the last entry is not known to be acknowledged. */
  private void write(String me, String other, List<Entry> log) {
    String conversation = Ids.directConversation(me, other);
    for (int from = 0; from < log.size(); from += 256) {
      int to = Math.min(log.size(), from + 256);
      await(
          node.services.call(
              MssOperations.WRITE_GROUP,
              Caller.SERVICE,
              new WriteGroup(
                  conversation,
                  0,
                  1,
                  Math.min(to, log.size() - 1),
                  START,
                  from == 0,
                  null,
                  log.subList(from, to))));
    }
    await(
        node.services.call(
            MssOperations.RECORD_ACTIVITY,
            Caller.SERVICE,
            new RecordActivity(conversation, List.of(me, other), START)));
  }
}
