package chat.jovial.mds.store;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mss.CheckKeys;
import chat.jovial.contract.mss.CountRange;
import chat.jovial.contract.mss.FindSend;
import chat.jovial.contract.mss.FindTime;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.contract.mss.RangeCount;
import chat.jovial.contract.mss.ReadTail;
import chat.jovial.contract.mss.ReadTarget;
import chat.jovial.contract.mss.Target;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Reads of a log and of what its owner must know to decide. Each future may fail. */
public interface LogReads {
  Future<LogTail> readTail(ReadTail request);

  Future<Optional<Entry>> findSend(FindSend request);

  Future<Target> readTarget(ReadTarget request);

  Future<Long> findTime(FindTime request);

  Future<RangeCount> countRange(CountRange request);

  /** Fails with {@code gone} where nothing can be written any more. */
  Future<Void> checkKeys(CheckKeys request);

  Future<List<Receipt>> readReceipts(String conversationId);

  Future<Boolean> userExists(String appId, String userId);
}
