package chat.jovial.messages;

import static chat.jovial.messages.LogNode.await;
import static chat.jovial.messages.LogNode.newUser;
import static chat.jovial.messages.LogNode.user;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.Caller;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.MdsOperations;
import chat.jovial.contract.MssOperations;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.Removal;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.DeleteFrom;
import chat.jovial.contract.mss.Deleted;
import chat.jovial.contract.mss.HiddenRange;
import chat.jovial.contract.mss.HideRange;
import chat.jovial.contract.mss.HistoryPage;
import chat.jovial.contract.mss.ReadHistory;
import chat.jovial.stores.StoresExtension;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A long log is deleted at once for readers, and then from the store, whoever owns it by then. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RangeDeletionIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private static final int BUCKETS = 4;
  private static final int LENGTH = (BUCKETS - 1) * Buckets.SIZE + 500;
  private static final Instant LONG_AGO = Instant.now().minusSeconds(3600);

  private LogNode node;
  private SyncFixture fixture;
  private CassandraStore store;

  @BeforeAll
  void start() {
    node = new LogNode(STORES.cassandraConfig(), "folder");
    fixture = new SyncFixture(node.services);
    store = await(STORES.connect(node.vertx));
  }

  @AfterAll
  void stop() {
    await(store.close());
    node.close();
  }

  @Test
  void once_answered_nothing_of_several_buckets_is_shown_and_soon_nothing_is_stored() {
    String ann = newUser();
    String bob = newUser();
    String conversation = fixture.write(ann, bob, LENGTH, LONG_AGO);
    DeleteFrom request = new DeleteFrom(conversation, LONG_AGO.minusSeconds(1));
    assertThat(await(node.services.call(MdsOperations.DELETE_FROM, user(ann), request)))
        .isEqualTo(new Deleted(LENGTH));
    checkNothingIsShown(bob, conversation);
    awaitNothingIsStored(conversation);
    checkNothingIsShown(bob, conversation);
    assertThat(deleteFrom(ann, request)).isEqualTo(new Deleted(0));
  }

  @Test
  void the_next_owner_removes_what_the_previous_one_has_hidden() {
    String ann = newUser();
    String bob = newUser();
    String conversation = fixture.write(ann, bob, LENGTH, LONG_AGO);
    // As a former owner left it that ended right after the answer.
    HiddenRange range = new HiddenRange(1, LENGTH, "deletion");
    await(
        node.services.call(
            MssOperations.HIDE_RANGE,
            Caller.SERVICE,
            new HideRange(conversation, range, SyncFixture.EPOCH, false)));
    fixture.writeRangeRedaction(ann, bob, LENGTH + 1, 1, LENGTH);
    assertThat(textsStored(conversation)).isEqualTo(LENGTH);
    checkNothingIsShown(bob, conversation);
    await(node.send(bob, ann, "next", "next"));
    await(node.send(bob, ann, "after", "after"));
    awaitNothingIsStored(conversation);
    checkNothingIsShown(bob, conversation);
  }

  private void checkNothingIsShown(String reader, String conversation) {
    List<Entry> all = new ArrayList<>();
    HistoryPage page;
    do {
      page =
          await(
              node.services.call(
                  MssOperations.HISTORY,
                  user(reader),
                  new ReadHistory(conversation, (long) all.size(), null, null, 200)));
      all.addAll(page.entries());
    } while (page.more());
    assertThat(all).hasSizeGreaterThan(LENGTH);
    assertThat(all.subList(0, LENGTH))
        .allMatch(entry -> entry.body() == null && Removal.DELETED.equals(entry.removed()));
    assertThat(all.get(LENGTH).kind()).isEqualTo(Kind.REDACTION);
    assertThat(all.get(LENGTH).body()).isNotNull();
  }

  /** The texts of the range are gone, and with them what hid them. */
  private void awaitNothingIsStored(String conversation) {
    Instant giveUp = Instant.now().plusSeconds(120);
    while (textsStored(conversation) > 0 || isHidden(conversation)) {
      assertThat(Instant.now()).isBefore(giveUp);
    }
  }

  private long textsStored(String conversation) {
    long texts = 0;
    for (long bucket = 0; bucket < BUCKETS; bucket++) {
      for (Row row :
          rows(
              "SELECT seq, body, sealed FROM $log_bodies WHERE conversation_id = ? AND bucket = ?",
              conversation,
              bucket)) {
        boolean text = !row.isNull("body") || !row.isNull("sealed");
        texts += text && row.getLong("seq") <= LENGTH ? 1 : 0;
      }
    }
    return texts;
  }

  private boolean isHidden(String conversation) {
    return rows("SELECT hidden FROM $log_buckets WHERE conversation_id = ?", conversation).stream()
        .anyMatch(row -> !row.isNull("hidden"));
  }

  private List<Row> rows(String cql, Object... values) {
    return await(
        store
            .client()
            .executeWithFullFetch(SimpleStatement.newInstance(store.withKeyspace(cql), values)));
  }

  /** Repeated while the texts of the earlier deletion are being removed, as a client does. */
  private Deleted deleteFrom(String by, DeleteFrom request) {
    while (true) {
      try {
        return await(node.services.call(MdsOperations.DELETE_FROM, user(by), request));
      } catch (JovialException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.TRY_AGAIN);
      }
    }
  }
}
