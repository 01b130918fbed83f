package chat.jovial.mds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.cluster.Ownership;
import chat.jovial.contract.Caller;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.MdsOperations;
import chat.jovial.contract.Shards;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.bus.ShardOwners;
import chat.jovial.contract.codec.Codecs;
import chat.jovial.contract.mds.Send;
import chat.jovial.contract.mds.Stored;
import chat.jovial.messages.LogNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A request that went to a node which does not own the conversation: that node's inbox says so, and
 * who asked looks at the table and asks the owner.
 */
class RequestToWrongNodeTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String FORMER = "former";
  private static final String OWNER = "owner";

  private final String ann = Ids.text(UUID.randomUUID());
  private final String bob = Ids.text(UUID.randomUUID());
  private final String conversation = Ids.directConversation(ann, bob);
  private final int shard = Shards.of(conversation);
  private final Vertx vertx = Vertx.vertx();
  private final Table table = new Table();
  private final List<Call> servedByFormer = new CopyOnWriteArrayList<>();
  private final List<Call> servedByOwner = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    Codecs.register(vertx.eventBus());
    // What serves the shard on the former owner's node would answer, if it were asked.
    vertx
        .eventBus()
        .<Call>localConsumer(Shards.address(shard), message -> serve(message, servedByFormer));
    LogNode.await(vertx.deployVerticle(new MdsInbox(FORMER, new NothingOwned(), TIMEOUT)));
    vertx
        .eventBus()
        .<Call>localConsumer(Shards.nodeAddress(OWNER), message -> serve(message, servedByOwner));
  }

  @AfterEach
  void stop() {
    LogNode.await(vertx.close());
  }

  @Test
  void the_owner_gets_what_another_node_refused_and_nobody_else_does_it() {
    ServiceClient services = new ServiceClient(vertx.eventBus(), TIMEOUT, table);

    Stored stored = LogNode.await(send(services, null));

    assertThat(stored.conversationId()).isEqualTo(conversation);
    assertThat(servedByFormer).isEmpty();
    assertThat(servedByOwner).hasSize(1);
    assertThat(table.looks).as("the refusal was the news").hasValue(1);

    LogNode.await(send(services, "known"));
    assertThat(servedByOwner).hasSize(2);
    assertThat(table.looks).as("what was learned is kept").hasValue(1);
  }

  @Test
  void when_no_owner_turns_up_in_time_the_caller_hears_that_it_may_try_again() {
    table.truth = FORMER;
    Duration patience = Duration.ofSeconds(2);
    // A look that takes so long ends when nobody may be asked any more.
    table.lookMillis = patience.plusMillis(100).toMillis();
    ServiceClient services = new ServiceClient(vertx.eventBus(), patience, table);

    assertThatThrownBy(() -> LogNode.await(send(services, null)))
        .isInstanceOfSatisfying(
            JovialException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.TRY_AGAIN);
              assertThat(failure.isNotOwner()).as("no business of the client's").isFalse();
            });
    assertThat(servedByFormer).isEmpty();
    assertThat(table.looks).hasValue(1);
  }

  private Future<Stored> send(ServiceClient services, @Nullable String clientId) {
    Caller caller = Caller.user("app", ann, "device", "session", "connection", null);
    return services.call(MdsOperations.SEND, caller, LogNode.message(bob, clientId, "whose?"));
  }

  private void serve(Message<Call> message, List<Call> served) {
    served.add(message.body());
    assertThat(message.body().request()).isInstanceOf(Send.class);
    message.reply(new Stored(conversation, served.size(), "id", Instant.EPOCH, null));
  }

  /** A table that is out of date until it is looked at. */
  private final class Table implements ShardOwners {
    private final AtomicInteger looks = new AtomicInteger();
    private volatile String known = FORMER;
    private volatile String truth = OWNER;
    private volatile long lookMillis = 10;

    @Override
    public String here() {
      return "asking";
    }

    @Override
    public String nodeOf(int shard) {
      return known;
    }

    @Override
    public Future<Void> refresh() {
      looks.incrementAndGet();
      return vertx.timer(lookMillis).<Void>mapEmpty().onSuccess(looked -> known = truth);
    }
  }

  /** Of a node whose shards have all gone elsewhere. */
  private static final class NothingOwned implements Ownership {
    @Override
    public long claim(int shard) {
      return NOT_OWNED;
    }

    @Override
    public long epoch(int shard) {
      return 0;
    }

    @Override
    public void advanceEpoch(int shard) {}
  }
}
