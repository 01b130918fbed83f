package chat.jovial.edge.presence;

import chat.jovial.cluster.DeviceDirectory;
import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Service;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.codec.Codecs;
import chat.jovial.contract.mss.Contacts;
import chat.jovial.contract.mss.ListContacts;
import chat.jovial.contract.ums.GetPresencePreferences;
import chat.jovial.contract.ums.PresencePreference;
import chat.jovial.contract.ums.PresencePreferences;
import chat.jovial.contract.ums.RecordLastSeen;
import chat.jovial.edge.operations.Identity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Users with what they chose and where they are, as UMS, MSS and the directory know them. */
final class PresenceWorld implements DeviceDirectory, AutoCloseable {
  static final Instant LAST_SEEN = Instant.parse("2026-01-01T00:00:00Z");
  static final String ALICE = "alice";
  static final String BOB = "bob";
  static final String MALLORY = "mallory";

  final Vertx vertx = Vertx.vertx();
  final ServiceClient services = new ServiceClient(vertx.eventBus(), Duration.ofSeconds(10));
  final PresenceReader reader = new PresenceReader(services, this);

  /** By user, one of {@link PresencePreference#CHOICES}; who is not in it does not exist. */
  final Map<String, String> choices = new ConcurrentHashMap<>();

  /** Those who share a conversation with {@link #ALICE}. */
  final Set<String> contactsOfAlice = ConcurrentHashMap.newKeySet();

  final Set<String> online = ConcurrentHashMap.newKeySet();
  final Map<String, Instant> recorded = new ConcurrentHashMap<>();
  final AtomicInteger failures = new AtomicInteger();
  volatile boolean umsFails;

  PresenceWorld() {
    Codecs.register(vertx.eventBus());
    vertx.eventBus().<Call>localConsumer(Service.UMS.address(), this::answer);
    vertx.eventBus().<Call>localConsumer(Service.MSS.address(), this::answer);
  }

  static Identity identityOf(String userId) {
    return new Identity("app", userId, "device", "session", Long.MAX_VALUE);
  }

  static Caller callerOf(String userId) {
    return identityOf(userId).caller(null, null);
  }

  private void answer(Message<Call> message) {
    if (umsFails) {
      failures.incrementAndGet();
      message.reply(JovialException.tryAgain("the test says so", Duration.ZERO));
    } else {
      message.reply(replyTo(message.body()));
    }
  }

  private Reply replyTo(Call call) {
    if (call.request() instanceof GetPresencePreferences request) {
      return new PresencePreferences(
          request.userIds().stream()
              .filter(choices::containsKey)
              .map(
                  user ->
                      new PresencePreference(
                          user, Objects.requireNonNull(choices.get(user)), LAST_SEEN))
              .toList());
    }
    if (call.request() instanceof ListContacts request) {
      boolean isAlice = request.userId().equals(ALICE);
      return new Contacts(
          request.otherIds().stream()
              .filter(id -> isAlice && contactsOfAlice.contains(id))
              .toList());
    }
    if (call.request() instanceof RecordLastSeen request) {
      request.users().forEach(seen -> recorded.put(seen.userId(), seen.at()));
    }
    return Nothing.NOTHING;
  }

  @Override
  public Future<Map<String, List<String>>> nodesOf(Collection<String> userIds) {
    return Future.succeededFuture(
        Map.of("node", userIds.stream().filter(online::contains).toList()));
  }

  @Override
  public Future<Void> registerDevice(String userId) {
    return Future.succeededFuture();
  }

  @Override
  public void unregisterDevice(String userId) {}

  @Override
  public void onNodesChanged(Runnable listener) {}

  @Override
  public boolean isMember(String node) {
    return true;
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
