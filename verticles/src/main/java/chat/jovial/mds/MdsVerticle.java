package chat.jovial.mds;

import chat.jovial.bus.OperationHandlers;
import chat.jovial.cluster.Ownership;
import chat.jovial.contract.Service;
import chat.jovial.contract.Shards;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.bus.ServiceClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The Message Delivery System: takes messages in, gives them their place in their conversation, has
 * them stored, and then tells. Each instance on a node serves a part of the shards, at addresses
 * that only this node sees.
 */
public final class MdsVerticle extends VerticleBase {
  private static final Duration EVICTION_PERIOD = Duration.ofSeconds(30);

  private final MdsConfig config;
  private final Ownership ownership;
  private final ServiceClient services;
  private final Clock clock;
  private final PushSender pushes;
  private final int instance;
  private final int instances;
  private @Nullable ConversationTable table;

  /**
   * @param pushes this instance's own
   * @param instance which of the {@code instances} on this node it is, from 0
   */
  public MdsVerticle(
      MdsConfig config,
      Ownership ownership,
      ServiceClient services,
      Clock clock,
      PushSender pushes,
      int instance,
      int instances) {
    this.config = config;
    this.ownership = ownership;
    this.services = services;
    this.clock = clock;
    this.pushes = pushes;
    this.instance = instance;
    this.instances = instances;
  }

  @Override
  public Future<?> start() {
    LogStore store = new ServiceLogStore(services);
    Persistence persistence = new Persistence(store, pause -> vertx.timer(pause.toMillis()));
    ConversationTable logs =
        new ConversationTable(ownership, store, persistence, pushes::send, config, clock);
    table = logs;
    MdsHandlers requests = new MdsHandlers(logs, pushes::send, config, clock);
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

  /** Any thread; the logs are looked after by this verticle's own. */
  private Future<Void> finish(ConversationTable logs, BitSet shards, Duration limit) {
    Promise<Void> finished = Promise.promise();
    context.runOnContext(
        now ->
            logs.finish(shards, limit, pause -> vertx.timer(pause.toMillis()))
                .onComplete(finished));
    return finished.future();
  }
}
