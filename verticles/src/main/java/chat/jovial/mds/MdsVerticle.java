package chat.jovial.mds;

import chat.jovial.access.Memberships;
import chat.jovial.bus.OperationHandlers;
import chat.jovial.cluster.Ownership;
import chat.jovial.contract.Service;
import chat.jovial.contract.Shards;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.mds.log.LogContext;
import chat.jovial.mds.push.PushPublisher;
import chat.jovial.mds.store.BusLogStore;
import chat.jovial.mds.store.RetryingLogWrites;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The Message Delivery System: receives messages, appends them to their conversation, and publishes
 * them when they are committed. Each instance on a node serves a part of the shards, at addresses
 * that only this node sees.
 */
public final class MdsVerticle extends VerticleBase {
  private static final Duration EVICTION_PERIOD = Duration.ofSeconds(30);

  private final MdsConfig config;
  private final Ownership ownership;
  private final ServiceClient services;
  private final Clock clock;
  private final PushPublisher publisher;
  private final AppendGuard guard;
  private final Memberships memberships = new Memberships();
  private final int instance;
  private final int instances;
  private @Nullable ConversationTable table;

  /**
   * @param publisher used by this instance alone
   * @param guard the node's
   * @param instance which of the {@code instances} on this node it is, from 0
   */
  public MdsVerticle(
      MdsConfig config,
      Ownership ownership,
      ServiceClient services,
      Clock clock,
      PushPublisher publisher,
      AppendGuard guard,
      int instance,
      int instances) {
    this.config = config;
    this.ownership = ownership;
    this.services = services;
    this.clock = clock;
    this.publisher = publisher;
    this.guard = guard;
    this.instance = instance;
    this.instances = instances;
  }

  @Override
  public Future<?> start() {
    BusLogStore store = new BusLogStore(services);
    LogContext.Factory contexts =
        (conversationId, term) ->
            new LogContext(
                conversationId,
                term,
                store,
                new RetryingLogWrites(store, term, this::after),
                publisher,
                memberships,
                config.limits(),
                clock,
                this::after);
    ConversationTable logs = new ConversationTable(ownership, contexts, config, clock);
    table = logs;
    MdsHandlers requests = new MdsHandlers(logs, publisher, memberships, guard, config, clock);
    OperationHandlers handlers = requests.on(new OperationHandlers(Service.MDS)).checkComplete();
    for (int shard = instance; shard < Shards.COUNT; shard += instances) {
      vertx.eventBus().<Call>localConsumer(Shards.address(shard), handlers::handle);
    }
    ownership.onHandOver((shards, limit) -> finish(logs, shards, limit));
    vertx.setPeriodic(EVICTION_PERIOD.toMillis(), tick -> logs.evictIdle());
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    if (table != null) {
      table.closeAll();
    }
    return Future.succeededFuture();
  }

  private Future<?> after(Duration pause) {
    return vertx.timer(pause.toMillis());
  }

  /** Any thread; the logs are confined to this verticle's. */
  private Future<Void> finish(ConversationTable logs, BitSet shards, Duration limit) {
    Promise<Void> finished = Promise.promise();
    context.runOnContext(now -> logs.finish(shards, limit, this::after).onComplete(finished));
    return finished.future();
  }
}
