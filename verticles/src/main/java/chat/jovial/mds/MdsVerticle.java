package chat.jovial.mds;

import chat.jovial.bus.OperationHandlers;
import chat.jovial.cluster.Ownership;
import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Service;
import chat.jovial.contract.Shards;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mds.Send;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mss.AcknowledgedEnd;
import chat.jovial.contract.mss.AcknowledgedEndList;
import chat.jovial.contract.mss.AcknowledgedEndsQuery;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
  private final int instance;
  private final int instances;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();
  private @Nullable ConversationTable table;

  /**
   * @param instance which of the {@code instances} on this node it is, from 0
   */
  public MdsVerticle(
      MdsConfig config,
      Ownership ownership,
      ServiceClient services,
      Clock clock,
      int instance,
      int instances) {
    this.config = config;
    this.ownership = ownership;
    this.services = services;
    this.clock = clock;
    this.instance = instance;
    this.instances = instances;
  }

  @Override
  public Future<?> start() {
    LogStore store = new ServiceLogStore(services);
    Persistence persistence = new Persistence(store, pause -> vertx.timer(pause.toMillis()));
    ConversationTable logs =
        new ConversationTable(ownership, store, persistence, this::push, config, clock);
    table = logs;
    OperationHandlers handlers =
        new OperationHandlers(Service.MDS)
            .on(Catalogue.SEND, (caller, request) -> send(logs, caller, request))
            .on(
                Catalogue.ACKNOWLEDGED_END,
                (caller, query) ->
                    logs.get(query.conversationId()).acknowledgedEnd().map(AcknowledgedEnd::new))
            .on(Catalogue.ACKNOWLEDGED_ENDS, (caller, query) -> ends(logs, query))
            .checkComplete();
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

  private Future<Stored> send(ConversationTable logs, Caller caller, Send request) {
    String clientId = request.clientId();
    if (clientId == null) {
      clientId = ids.generate().toString();
    } else {
      checkTime(clientId);
    }
    checkForm(request);
    return logs.get(request.conversationOf(caller)).send(caller, request, clientId);
  }

  private static Future<AcknowledgedEndList> ends(
      ConversationTable logs, AcknowledgedEndsQuery query) {
    List<Future<Long>> ends =
        query.conversationIds().stream().map(id -> logs.get(id).acknowledgedEnd()).toList();
    return Future.all(ends).map(done -> new AcknowledgedEndList(done.list()));
  }

  private static void checkForm(Send request) {
    String userId = request.to().requireUserId();
    if (!Ids.isAssigned(userId)) {
      throw JovialException.notFound("there is no user " + userId);
    }
  }

  /** An id from the future would still count as new after the memory of its sends is gone. */
  private void checkTime(String clientId) {
    UUID uuid = ClientIds.asVersion7(clientId);
    if (uuid == null) {
      return;
    }
    Instant now = clock.instant();
    if (ClientIds.timeOf(uuid).isAfter(now.plus(RecentSends.CLOCK_ALLOWANCE))) {
      throw new JovialException(
          ErrorCode.INVALID_REQUEST,
          "client_id is a UUIDv7 of a time more than ten minutes ahead: set this device's clock",
          Map.of("server_time", now.toString()));
    }
  }

  private void push(Group group) {
    List<String> origins =
        group.sends().stream()
            .map(send -> send.caller().connectionId())
            .map(id -> id == null ? "" : id)
            .toList();
    vertx
        .eventBus()
        .publish(
            Catalogue.PUSH.address(),
            new Push(Group.members(group.write().conversationId()), group.entries(), origins));
  }
}
