package chat.jovial.mds;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mss.FindSend;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.contract.mss.ReadTail;
import chat.jovial.contract.mss.Touch;
import chat.jovial.contract.mss.WriteGroup;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * What the owner of a log asks other services for. Each future may fail, and a write that failed
 * may have been done, may be done later, or never.
 */
interface LogStore {
  Future<LogTail> readTail(ReadTail request);

  Future<Optional<Entry>> findSend(FindSend request);

  Future<Void> write(WriteGroup group);

  Future<Void> touch(Touch touch);

  Future<Boolean> userExists(String appId, String userId);
}
