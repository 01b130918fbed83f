package chat.jovial.mds;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mss.FindSend;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.contract.mss.ReadTail;
import chat.jovial.contract.mss.Touch;
import chat.jovial.contract.mss.WriteGroup;
import chat.jovial.contract.ums.UserExists;
import chat.jovial.contract.ums.UserExistsQuery;
import io.vertx.core.Future;
import java.util.Optional;

/** Asks MSS and UMS over the bus; an MSS instance on this node, if there is one. */
final class ServiceLogStore implements LogStore {
  private final ServiceClient services;

  ServiceLogStore(ServiceClient services) {
    this.services = services;
  }

  @Override
  public Future<LogTail> readTail(ReadTail request) {
    return services.call(Catalogue.READ_TAIL, Caller.SERVICE, request);
  }

  @Override
  public Future<Optional<Entry>> findSend(FindSend request) {
    return services
        .call(Catalogue.FIND_SEND, Caller.SERVICE, request)
        .map(found -> Optional.ofNullable(found.entry()));
  }

  @Override
  public Future<Void> write(WriteGroup group) {
    return services.call(Catalogue.WRITE_GROUP, Caller.SERVICE, group).mapEmpty();
  }

  @Override
  public Future<Void> touch(Touch touch) {
    return services.call(Catalogue.TOUCH, Caller.SERVICE, touch).mapEmpty();
  }

  @Override
  public Future<Boolean> userExists(String appId, String userId) {
    return services
        .call(Catalogue.USER_EXISTS, Caller.SERVICE, new UserExistsQuery(appId, userId))
        .map(UserExists::exists);
  }
}
