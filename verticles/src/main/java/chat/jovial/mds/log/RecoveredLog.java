package chat.jovial.mds.log;

import chat.jovial.contract.mss.HiddenRange;
import chat.jovial.mds.idempotency.RecentSends;
import java.time.Instant;
import java.util.List;

/**
 * A log as its owner begins with it.
 *
 * @param newestBucket the newest bucket with an index row; -1 if there is none
 * @param hidden ranges in which texts may be left
 */
record RecoveredLog(
    long committedSeq,
    long newestBucket,
    Instant lastStoredAt,
    RecentSends recentSends,
    List<HiddenRange> hidden) {}
