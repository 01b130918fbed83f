package chat.jovial.edge.presence;

import static chat.jovial.edge.presence.PresenceWorld.ALICE;
import static chat.jovial.edge.presence.PresenceWorld.BOB;
import static chat.jovial.edge.presence.PresenceWorld.MALLORY;
import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.presence.Presence;
import chat.jovial.contract.presence.WatchPresence;
import chat.jovial.contract.ums.PresencePreference;
import chat.jovial.edge.frames.FrameStyle;
import chat.jovial.edge.operations.ClientCall;
import chat.jovial.edge.operations.ConnectionContext;
import chat.jovial.edge.operations.Identity;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PresenceSubscriptionsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  private final PresenceWorld world = new PresenceWorld();
  private final PresenceSubscriptions subscriptions =
      new PresenceSubscriptions(world.reader, world.services, Clock.fixed(NOW, ZoneOffset.UTC));
  private final Connection alice = new Connection(ALICE);

  @BeforeEach
  void deploy() {
    List.of(ALICE, BOB, MALLORY)
        .forEach(user -> world.choices.put(user, PresencePreference.EVERYONE));
    world.vertx.deployVerticle(subscriptions).await();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_subscriber_receives_each_change_once() {
    assertThat(watch(alice, BOB)).extracting(Presence::online).containsExactly(false);

    change(BOB, true);
    alice.awaitEvents("bob online");
    change(BOB, false);
    alice.awaitEvents("bob online", "bob offline");
  }

  @Test
  void when_a_user_left_is_recorded_before_others_learn_of_it() {
    world.online.add(BOB);
    watch(alice, BOB);

    change(BOB, false);
    alice.awaitEvents("bob offline");

    assertThat(world.recorded).containsEntry(BOB, NOW);
  }

  @Test
  void who_is_back_within_a_moment_was_never_offline() {
    world.online.addAll(List.of(BOB, MALLORY));
    watch(alice, BOB, MALLORY);

    subscriptions.onDeviceCountChanged(BOB, false);
    subscriptions.onDeviceCountChanged(BOB, true);
    change(MALLORY, false);

    alice.awaitEvents("mallory offline");
    assertThat(world.recorded).doesNotContainKey(BOB);
  }

  @Test
  void a_choice_to_hide_holds_from_the_next_change_on() {
    world.online.add(BOB);
    watch(alice, BOB);

    world.choices.put(BOB, PresencePreference.NOBODY);
    change(BOB, true);

    alice.awaitEvents("bob offline");
  }

  @Test
  void all_are_read_again_when_nodes_come_or_go() {
    world.online.add(BOB);
    watch(alice, BOB);

    world.online.remove(BOB);
    subscriptions.refreshAll();

    alice.awaitEvents("bob offline");
  }

  @Test
  void a_read_that_fails_is_repeated() {
    watch(alice, BOB);

    world.umsFails = true;
    change(BOB, true);
    await("a read has failed").until(() -> world.failures.get() > 0);
    world.umsFails = false;

    alice.awaitEvents("bob online");
  }

  @Test
  void another_subscription_replaces_the_one_before_and_an_unbound_connection_has_none() {
    Connection other = new Connection(ALICE);
    watch(alice, BOB);
    watch(other, BOB);
    watch(other, MALLORY);

    change(BOB, true);
    alice.awaitEvents("bob online");
    alice.unbind();
    change(MALLORY, true);

    other.awaitEvents("mallory online");
    assertThat(alice.events).containsExactly("bob online");
  }

  @Test
  void over_http_there_is_an_answer_and_no_subscription() {
    world.online.add(BOB);
    ClientCall call =
        new ClientCall(PresenceWorld.callerOf(ALICE), PresenceWorld.identityOf(ALICE), null);

    assertThat(subscriptions.watch(call, new WatchPresence(List.of(BOB))).await().users())
        .extracting(Presence::online)
        .containsExactly(true);
  }

  private List<Presence> watch(Connection connection, String... userIds) {
    Identity who = PresenceWorld.identityOf(connection.userId);
    ClientCall call = new ClientCall(who.caller(null, null), who, connection);
    return subscriptions.watch(call, new WatchPresence(List.of(userIds))).await().users();
  }

  private void change(String userId, boolean online) {
    if (online) {
      world.online.add(userId);
    } else {
      world.online.remove(userId);
    }
    subscriptions.onDeviceCountChanged(userId, online);
  }

  private static final class Connection implements ConnectionContext {
    final String userId;
    final List<String> events = new CopyOnWriteArrayList<>();
    private volatile Runnable onUnbound = () -> {};

    Connection(String userId) {
      this.userId = userId;
    }

    void awaitEvents(String... expected) {
      await("the events " + List.of(expected))
          .until(() -> List.copyOf(events), received -> received.equals(List.of(expected)));
    }

    void unbind() {
      onUnbound.run();
    }

    @Override
    public String connectionId() {
      return "connection of " + userId;
    }

    @Override
    public FrameStyle style() {
      return FrameStyle.TCP;
    }

    @Override
    public @Nullable Identity identity() {
      return PresenceWorld.identityOf(userId);
    }

    @Override
    public Future<Identity> bind(Future<Identity> verified) {
      return verified;
    }

    @Override
    public void deliver(byte[][] frames) {
      for (byte[] frame : frames) {
        JsonObject event =
            new JsonObject(new String(frame, StandardCharsets.UTF_8)).getJsonObject("body");
        events.add(
            event.getString("user_id") + (event.getBoolean("online") ? " online" : " offline"));
      }
    }

    @Override
    public void onUnbound(Runnable action) {
      onUnbound = action;
    }
  }
}
