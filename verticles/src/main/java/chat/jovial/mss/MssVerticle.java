package chat.jovial.mss;

import chat.jovial.bus.OperationHandlers;
import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.Service;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.bus.ServiceClient;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;

/**
 * The Message Storage System: appends to and reads from the logs. Clients read through it; the
 * owner of a conversation, an MDS verticle, writes through it.
 */
public final class MssVerticle extends VerticleBase {
  private final CassandraStore store;
  private final ServiceClient services;
  private final Clock clock;

  public MssVerticle(CassandraStore store, ServiceClient services, Clock clock) {
    this.store = store;
    this.services = services;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    return LogStatements.prepare(store)
        .map(this::handlers)
        .compose(
            handlers ->
                vertx
                    .eventBus()
                    .<Call>consumer(Service.MSS.address(), handlers::handle)
                    .completion());
  }

  private OperationHandlers handlers(LogStatements statements) {
    LogReader reader = new LogReader(store.client(), statements);
    LogWriter writer = new LogWriter(store.client(), statements, clock);
    TailReader tails = new TailReader(reader);
    SendFinder sends = new SendFinder(store.client(), statements, reader);
    MemberConversations conversations = new MemberConversations(store.client(), statements);
    AcknowledgedEnds ends = new AcknowledgedEnds(services);
    HistoryReader histories = new HistoryReader(reader, ends);
    Timeline timeline = new Timeline(reader, ends, conversations);
    return new OperationHandlers(Service.MSS)
        .on(Catalogue.HISTORY, histories::read)
        .on(Catalogue.RECEIVED, (caller, query) -> timeline.read(caller, query, false))
        .on(Catalogue.SENT, (caller, query) -> timeline.read(caller, query, true))
        .on(Catalogue.READ_TAIL, (caller, request) -> tails.read(request))
        .on(Catalogue.WRITE_GROUP, (caller, group) -> writer.write(group))
        .on(Catalogue.FIND_SEND, (caller, request) -> sends.find(request))
        .on(Catalogue.TOUCH, (caller, touch) -> conversations.touch(touch))
        .checkComplete();
  }
}
