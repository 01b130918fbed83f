package chat.jovial.messages;

import chat.jovial.bus.OperationHandlers;
import chat.jovial.cassandra.CassandraConfig;
import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cluster.Claims;
import chat.jovial.cluster.ClusterConfig;
import chat.jovial.cluster.DeviceDirectory;
import chat.jovial.cluster.OwnershipVerticle;
import chat.jovial.cluster.ShardTable;
import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.Ids;
import chat.jovial.contract.MdsOperations;
import chat.jovial.contract.Service;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.codec.Codecs;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mds.Recipient;
import chat.jovial.contract.mds.Send;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.ums.UserExists;
import chat.jovial.keys.DataKeys;
import chat.jovial.keys.TestKeys;
import chat.jovial.limits.DiskGuard;
import chat.jovial.mds.AppendGuard;
import chat.jovial.mds.ByteRates;
import chat.jovial.mds.MdsConfig;
import chat.jovial.mds.MdsVerticle;
import chat.jovial.mds.log.LogLimits;
import chat.jovial.mds.push.PushSender;
import chat.jovial.mss.MssVerticle;
import chat.jovial.mss.PageLimiters;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The services of the message log on one Vert.x, on a real Cassandra. Everybody in the app "app"
 * exists; other apps have nobody.
 */
public final class LogNode implements AutoCloseable {
  static final Duration LEASE = Duration.ofSeconds(3);

  final Vertx vertx = Vertx.vertx();
  final ServiceClient services;
  final MeterRegistry metrics = new SimpleMeterRegistry();
  final Queue<Push> pushes = new ConcurrentLinkedQueue<>();
  final CassandraStore store;

  /**
   * By how many nanoseconds MDS's clock is ahead, and the time of the keys that are remembered,
   * which stands still by itself.
   */
  final AtomicLong ticks = new AtomicLong();

  final DataKeys keys;

  LogNode(CassandraConfig cassandra, @Nullable String dataId) {
    Codecs.register(vertx.eventBus());
    services = new ServiceClient(vertx.eventBus(), Duration.ofSeconds(10));
    OperationHandlers ums =
        new OperationHandlers(Service.UMS)
            .on(
                UmsOperations.USER_EXISTS,
                (caller, query) ->
                    Future.succeededFuture(new UserExists(query.appId().equals("app"))));
    vertx.eventBus().<Call>consumer(Service.UMS.address(), ums::handle);
    vertx
        .eventBus()
        .<Push>consumer(Catalogue.PUSH.address(), message -> pushes.add(message.body()));
    store = await(CassandraStore.connect(vertx, cassandra));
    ClusterConfig cluster = new ClusterConfig(LEASE, Duration.ofMillis(500));
    Claims claims = Claims.of(cluster, Clock.systemUTC());
    ShardTable table =
        new ShardTable(cluster, store, UUID.randomUUID().toString(), node -> true, claims);
    await(vertx.deployVerticle(table));
    OwnershipVerticle ownership =
        new OwnershipVerticle(cluster, store, table, claims, dataId, Clock.systemUTC());
    await(vertx.deployVerticle(ownership));
    keys = await(TestKeys.start(vertx, store, ticks::get));
    await(
        vertx.deployVerticle(
            new MssVerticle(
                store,
                keys,
                services,
                PageLimiters.create(1, metrics),
                metrics,
                Clock.systemUTC())));
    await(
        vertx.deployVerticle(
            new MdsVerticle(
                new MdsConfig(
                    new LogLimits(64 * 1024, LogLimits.MAX_REMOVED_AT_ONCE),
                    1000,
                    Duration.ofMinutes(10),
                    1000,
                    1000,
                    true),
                claims,
                services,
                new AheadClock(),
                new PushSender(
                    vertx,
                    table.here(),
                    DeviceDirectory.alone(table.here()),
                    new SimpleMeterRegistry().counter("dropped")),
                new AppendGuard(
                    DiskGuard.none(metrics), new ByteRates(1000, 1000, metrics, System::nanoTime)),
                0,
                1)));
  }

  private final class AheadClock extends Clock {
    @Override
    public Instant instant() {
      return Instant.now().plusNanos(ticks.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  Future<Stored> send(String from, String to, @Nullable String clientId, String text) {
    return services.call(MdsOperations.SEND, user(from), message(to, clientId, text));
  }

  public static Send message(String to, @Nullable String clientId, String text) {
    Body body =
        Body.of(JsonNodeFactory.instance.objectNode().put("type", "text").put("text", text));
    return new Send(new Recipient(to), clientId, null, body, null, null);
  }

  public static Caller user(String userId) {
    return Caller.user("app", userId, "device", "session", "connection of " + userId, null);
  }

  /** A new user's id. */
  public static String newUser() {
    return Ids.text(UUID.randomUUID());
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A graceful stop: the shards are released. */
  @Override
  public void close() {
    for (String id : vertx.deploymentIDs()) {
      await(vertx.undeploy(id));
    }
    await(store.close());
    await(vertx.close());
  }

  /** Gone from one moment to the next: nothing is released. */
  void kill() {
    await(store.close());
    await(vertx.close());
  }
}
