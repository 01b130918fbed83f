package chat.jovial.mss;

import chat.jovial.bus.OperationHandler;
import chat.jovial.bus.OperationHandlers;
import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cassandra.StoreUnavailable;
import chat.jovial.contract.MssOperations;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.contract.Service;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.mss.FoundTime;
import chat.jovial.keys.DataKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;

/**
 * The Message Storage System: appends to and reads from the logs. Clients read through it; the
 * owner of a conversation, an MDS verticle, writes through it.
 */
public final class MssVerticle extends VerticleBase {
  private final CassandraStore store;
  private final DataKeys keys;
  private final ServiceClient services;
  private final PageLimiters limiters;
  private final MeterRegistry metrics;
  private final Clock clock;

  /**
   * @param keys bodies are sealed with them
   * @param limiters the node's
   */
  public MssVerticle(
      CassandraStore store,
      DataKeys keys,
      ServiceClient services,
      PageLimiters limiters,
      MeterRegistry metrics,
      Clock clock) {
    this.store = store;
    this.keys = keys;
    this.services = services;
    this.limiters = limiters;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    return Mss.prepare(store, keys, services, limiters, metrics, clock)
        .map(MssVerticle::handlers)
        .compose(
            handlers ->
                vertx
                    .eventBus()
                    .<Call>consumer(Service.MSS.address(), handlers::handle)
                    .completion());
  }

  private static OperationHandlers handlers(Mss mss) {
    return new OperationHandlers(Service.MSS, StoreUnavailable.mapper("the message store"))
        .on(MssOperations.HISTORY, within(mss.pageReads, mss.histories::read))
        .on(MssOperations.RECEIVED, within(mss.pageReads, mss.timeline::readReceived))
        .on(MssOperations.SENT, within(mss.pageReads, mss.timeline::readSent))
        .on(MssOperations.SYNC, within(mss.syncReads, mss.sync::read))
        .on(MssOperations.READ_TAIL, (caller, request) -> mss.tails.read(request))
        .on(MssOperations.WRITE_GROUP, (caller, group) -> mss.writer.write(group))
        .on(MssOperations.FIND_SEND, (caller, request) -> mss.sends.find(request))
        .on(MssOperations.CONTACTS, (caller, query) -> mss.conversations.contacts(query))
        .on(MssOperations.RECORD_ACTIVITY, (caller, activity) -> mss.conversations.record(activity))
        .on(
            MssOperations.CHECK_KEYS,
            (caller, request) ->
                mss.keys
                    .checkWritable(request.conversationId(), request.senderId())
                    .map(Nothing.NOTHING))
        .on(MssOperations.READ_TARGET, (caller, request) -> mss.targets.read(request))
        .on(MssOperations.INDEX_MODIFIERS, (caller, request) -> mss.modifiers.write(request))
        .on(MssOperations.REMOVE_BODIES, (caller, request) -> mss.remover.remove(request))
        .on(MssOperations.REMOVE_RANGE, (caller, request) -> mss.remover.removeNext(request))
        .on(MssOperations.HIDE_RANGE, (caller, request) -> mss.hiddenRanges.write(request))
        .on(MssOperations.COUNT_RANGE, (caller, request) -> mss.hiddenRanges.count(request))
        .on(
            MssOperations.FIND_TIME,
            (caller, request) ->
                mss.reader
                    .seqAt(request.conversationId(), request.time(), request.end())
                    .map(FoundTime::new))
        .on(
            MssOperations.READ_RECEIPTS,
            (caller, request) -> mss.receipts.receiptsOf(request.conversationId()))
        .on(MssOperations.WRITE_RECEIPTS, (caller, request) -> mss.receipts.write(request))
        .checkComplete();
  }

  private static <Q extends Request, R extends Reply> OperationHandler<Q, R> within(
      PerUserReads reads, OperationHandler<Q, R> handler) {
    return (caller, request) -> reads.run(caller, () -> handler.handle(caller, request));
  }
}
