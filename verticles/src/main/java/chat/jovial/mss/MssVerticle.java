package chat.jovial.mss;

import chat.jovial.bus.OperationHandlers;
import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cassandra.StoreUnavailable;
import chat.jovial.contract.MssOperations;
import chat.jovial.contract.Nothing;
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
  private final MeterRegistry metrics;
  private final Clock clock;

  /**
   * @param keys which bodies are sealed with
   */
  public MssVerticle(
      CassandraStore store,
      DataKeys keys,
      ServiceClient services,
      MeterRegistry metrics,
      Clock clock) {
    this.keys = keys;
    this.metrics = metrics;
    this.store = store;
    this.services = services;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    return Future.all(
            LogStatements.prepare(store),
            ReceiptStore.prepare(store, metrics),
            ContactReader.prepare(store))
        .map(ready -> handlers(ready.resultAt(0), ready.resultAt(1), ready.resultAt(2)))
        .compose(
            handlers ->
                vertx
                    .eventBus()
                    .<Call>consumer(Service.MSS.address(), handlers::handle)
                    .completion());
  }

  private OperationHandlers handlers(
      LogStatements statements, ReceiptStore receipts, ContactReader contacts) {
    LogReader reader = new LogReader(store.client(), statements, new BodyOpener(keys));
    LogWriter writer = new LogWriter(store.client(), statements, keys, clock);
    TailReader tails = new TailReader(reader);
    SendFinder sends = new SendFinder(store.client(), statements, reader);
    MemberConversations conversations = new MemberConversations(store.client(), statements);
    NewestEntries newest = new NewestEntries(reader);
    CommittedSeqClient ends = new CommittedSeqClient(newest, services);
    Hints hints = new Hints(store.client(), statements);
    Turnstile pages = PageFiller.turnstile();
    HistoryReader histories =
        new HistoryReader(reader, ends, new Related(reader, hints, ends), pages);
    TargetReader targets = new TargetReader(reader, hints);
    BodyRemover removals = new BodyRemover(store.client(), statements);
    HiddenRanges hidden = new HiddenRanges(store.client(), statements, clock);
    Timeline timeline = new Timeline(reader, ends, conversations, pages);
    SyncReader sync =
        new SyncReader(
            reader,
            newest,
            ends,
            conversations,
            receipts,
            new UnreadCounter(store.client(), statements),
            clock);
    return new OperationHandlers(Service.MSS, StoreUnavailable.mapper("the message store"))
        .on(MssOperations.HISTORY, histories::read)
        .on(MssOperations.RECEIVED, (caller, query) -> timeline.read(caller, query, false))
        .on(MssOperations.SENT, (caller, query) -> timeline.read(caller, query, true))
        .on(MssOperations.SYNC, sync::read)
        .on(MssOperations.READ_TAIL, (caller, request) -> tails.read(request))
        .on(MssOperations.WRITE_GROUP, (caller, group) -> writer.write(group))
        .on(MssOperations.FIND_SEND, (caller, request) -> sends.find(request))
        .on(MssOperations.CONTACTS, (caller, query) -> contacts.read(query))
        .on(MssOperations.RECORD_ACTIVITY, (caller, touch) -> conversations.touch(touch))
        .on(
            MssOperations.CHECK_KEYS,
            (caller, request) ->
                keys.checkWritable(request.conversationId(), request.senderId())
                    .map(Nothing.NOTHING))
        .on(MssOperations.READ_TARGET, (caller, request) -> targets.read(request))
        .on(MssOperations.INDEX_MODIFIERS, (caller, request) -> hints.write(request))
        .on(MssOperations.REMOVE_BODIES, (caller, request) -> removals.remove(request))
        .on(MssOperations.REMOVE_RANGE, (caller, request) -> removals.removeNext(request))
        .on(MssOperations.HIDE_RANGE, (caller, request) -> hidden.write(request))
        .on(MssOperations.COUNT_RANGE, (caller, request) -> hidden.count(request))
        .on(
            MssOperations.FIND_TIME,
            (caller, request) ->
                reader
                    .seqAt(request.conversationId(), request.time(), request.end())
                    .map(FoundTime::new))
        .on(MssOperations.READ_RECEIPTS, (caller, request) -> receipts.of(request.conversationId()))
        .on(MssOperations.WRITE_RECEIPTS, (caller, request) -> receipts.write(request))
        .checkComplete();
  }
}
