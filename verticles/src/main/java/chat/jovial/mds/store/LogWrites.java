package chat.jovial.mds.store;

import chat.jovial.contract.mss.HideRange;
import chat.jovial.contract.mss.IndexModifiers;
import chat.jovial.contract.mss.RangeRemoved;
import chat.jovial.contract.mss.RecordActivity;
import chat.jovial.contract.mss.RemoveBodies;
import chat.jovial.contract.mss.RemoveRange;
import chat.jovial.contract.mss.WriteGroup;
import chat.jovial.contract.mss.WriteReceipts;
import io.vertx.core.Future;

/**
 * Writes to a log. Each is idempotent and may fail; one that failed may have been done, may be done
 * later, or never. The parts of a log have {@link RetryingLogWrites} only.
 */
public interface LogWrites {
  Future<Void> writeGroup(WriteGroup group);

  Future<Void> indexModifiers(IndexModifiers modifiers);

  Future<Void> removeBodies(RemoveBodies removal);

  Future<RangeRemoved> removeRange(RemoveRange removal);

  Future<Void> hideRange(HideRange request);

  Future<Void> recordActivity(RecordActivity activity);

  Future<Void> writeReceipts(WriteReceipts receipts);
}
