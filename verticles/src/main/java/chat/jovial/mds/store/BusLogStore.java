package chat.jovial.mds.store;

import chat.jovial.contract.Caller;
import chat.jovial.contract.MssOperations;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mss.CheckKeys;
import chat.jovial.contract.mss.CountRange;
import chat.jovial.contract.mss.FindSend;
import chat.jovial.contract.mss.FindTime;
import chat.jovial.contract.mss.FoundTime;
import chat.jovial.contract.mss.HideRange;
import chat.jovial.contract.mss.IndexModifiers;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.contract.mss.RangeCount;
import chat.jovial.contract.mss.RangeRemoved;
import chat.jovial.contract.mss.ReadReceipts;
import chat.jovial.contract.mss.ReadTail;
import chat.jovial.contract.mss.ReadTarget;
import chat.jovial.contract.mss.Receipts;
import chat.jovial.contract.mss.RecordActivity;
import chat.jovial.contract.mss.RemoveBodies;
import chat.jovial.contract.mss.RemoveRange;
import chat.jovial.contract.mss.Target;
import chat.jovial.contract.mss.WriteGroup;
import chat.jovial.contract.mss.WriteReceipts;
import chat.jovial.contract.ums.CheckUserExists;
import chat.jovial.contract.ums.UserExists;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Store of a log over the bus: MSS, an instance on this node if there is one, and UMS. */
public final class BusLogStore implements LogReads, LogWrites {
  private final ServiceClient services;

  public BusLogStore(ServiceClient services) {
    this.services = services;
  }

  @Override
  public Future<LogTail> readTail(ReadTail request) {
    return services.call(MssOperations.READ_TAIL, Caller.SERVICE, request);
  }

  @Override
  public Future<Optional<Entry>> findSend(FindSend request) {
    return services
        .call(MssOperations.FIND_SEND, Caller.SERVICE, request)
        .map(found -> Optional.ofNullable(found.entry()));
  }

  @Override
  public Future<Target> readTarget(ReadTarget request) {
    return services.call(MssOperations.READ_TARGET, Caller.SERVICE, request);
  }

  @Override
  public Future<Long> findTime(FindTime request) {
    return services.call(MssOperations.FIND_TIME, Caller.SERVICE, request).map(FoundTime::seq);
  }

  @Override
  public Future<Void> writeGroup(WriteGroup group) {
    return services.call(MssOperations.WRITE_GROUP, Caller.SERVICE, group).mapEmpty();
  }

  @Override
  public Future<Void> indexModifiers(IndexModifiers modifiers) {
    return services.call(MssOperations.INDEX_MODIFIERS, Caller.SERVICE, modifiers).mapEmpty();
  }

  @Override
  public Future<Void> removeBodies(RemoveBodies removal) {
    return services.call(MssOperations.REMOVE_BODIES, Caller.SERVICE, removal).mapEmpty();
  }

  @Override
  public Future<RangeRemoved> removeRange(RemoveRange removal) {
    return services.call(MssOperations.REMOVE_RANGE, Caller.SERVICE, removal);
  }

  @Override
  public Future<Void> hideRange(HideRange request) {
    return services.call(MssOperations.HIDE_RANGE, Caller.SERVICE, request).mapEmpty();
  }

  @Override
  public Future<RangeCount> countRange(CountRange request) {
    return services.call(MssOperations.COUNT_RANGE, Caller.SERVICE, request);
  }

  @Override
  public Future<Void> recordActivity(RecordActivity activity) {
    return services.call(MssOperations.RECORD_ACTIVITY, Caller.SERVICE, activity).mapEmpty();
  }

  @Override
  public Future<Void> checkKeys(CheckKeys request) {
    return services.call(MssOperations.CHECK_KEYS, Caller.SERVICE, request).mapEmpty();
  }

  @Override
  public Future<List<Receipt>> readReceipts(String conversationId) {
    return services
        .call(MssOperations.READ_RECEIPTS, Caller.SERVICE, new ReadReceipts(conversationId))
        .map(Receipts::receipts);
  }

  @Override
  public Future<Void> writeReceipts(WriteReceipts receipts) {
    return services.call(MssOperations.WRITE_RECEIPTS, Caller.SERVICE, receipts).mapEmpty();
  }

  @Override
  public Future<Boolean> userExists(String appId, String userId) {
    return services
        .call(UmsOperations.USER_EXISTS, Caller.SERVICE, new CheckUserExists(appId, userId))
        .map(UserExists::exists);
  }
}
