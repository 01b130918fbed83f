package chat.jovial.mds.log;

import chat.jovial.mds.idempotency.RecentSends;

/** Read-only view of the end of a log. */
interface LogHead {
  /** The highest seq that is committed: nothing beyond it may be shown or referred to. */
  long committedSeq();

  /** The newest bucket with an index row; -1 if there is none. */
  long newestBucket();

  RecentSends recentSends();
}
