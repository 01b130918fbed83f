package chat.jovial.mds;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mss.CheckKeys;
import chat.jovial.contract.mss.CountRange;
import chat.jovial.contract.mss.FindSend;
import chat.jovial.contract.mss.FindTime;
import chat.jovial.contract.mss.HideRange;
import chat.jovial.contract.mss.IndexModifiers;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.contract.mss.RangeCount;
import chat.jovial.contract.mss.RangeRemoved;
import chat.jovial.contract.mss.ReadTail;
import chat.jovial.contract.mss.ReadTarget;
import chat.jovial.contract.mss.RecordActivity;
import chat.jovial.contract.mss.RemoveBodies;
import chat.jovial.contract.mss.RemoveRange;
import chat.jovial.contract.mss.Target;
import chat.jovial.contract.mss.WriteGroup;
import chat.jovial.contract.mss.WriteReceipts;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * What the owner of a log asks other services for. Each future may fail, and a write that failed
 * may have been done, may be done later, or never.
 */
interface LogStore {
  Future<LogTail> readTail(ReadTail request);

  Future<Optional<Entry>> findSend(FindSend request);

  Future<Target> readTarget(ReadTarget request);

  Future<Long> findTime(FindTime request);

  Future<Void> write(WriteGroup group);

  Future<Void> writeHints(IndexModifiers hints);

  Future<Void> removeBodies(RemoveBodies removal);

  Future<RangeRemoved> removeRange(RemoveRange removal);

  Future<Void> hideRange(HideRange request);

  Future<RangeCount> countRange(CountRange request);

  Future<Void> touch(RecordActivity touch);

  /** Fails with {@code gone} where nothing can be written any more. */
  Future<Void> checkKeys(CheckKeys request);

  Future<List<Receipt>> readReceipts(String conversationId);

  Future<Void> writeReceipts(WriteReceipts receipts);

  Future<Boolean> userExists(String appId, String userId);
}
