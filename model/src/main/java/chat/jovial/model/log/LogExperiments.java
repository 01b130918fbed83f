package chat.jovial.model.log;

import chat.jovial.model.explore.Bounds;
import chat.jovial.model.explore.Experiment;
import chat.jovial.model.explore.Experiments;
import chat.jovial.model.explore.Model;
import chat.jovial.model.explore.Rule;
import java.util.List;
import java.util.Set;

/** Explorations that the build runs of the log. */
public final class LogExperiments {
  public static final String NAME = "log";

  private static final String TWO_OWNERS = "owners=2 messages=mm numbers=3 group=2";
  private static final String THREE_OWNERS = "owners=3 messages=mm numbers=3 group=2";
  private static final String ONE_OWNER = "owners=1 messages=mm numbers=3 group=2";
  private static final String READER = "owners=2 messages=mm numbers=2 group=1 reads=1 retries=0";
  private static final String BUCKETS = "messages=mm numbers=3 group=1 bucket=1";
  private static final String BOUNDARY =
      "owners=3 messages=mmm numbers=3 group=2 bucket=2 shorter=1 stored=1 formers=0";
  private static final String BODIES = "messages=mm numbers=2 group=1 bodies=1 retries=0";
  private static final String REDACTED =
      "owners=2 messages=mr numbers=3 group=1 bodies=1 retries=0 stored=1";
  private static final String REDACTED_BY_THREE =
      "owners=3 messages=mr numbers=2 group=1 bodies=1 retries=0 stored=1";
  private static final String EDITED =
      "owners=2 messages=mer numbers=3 group=1 bodies=1 retries=0 stored=1";
  private static final String EXPIRING =
      "owners=2 messages=xm numbers=3 group=1 bodies=1 retries=0";

  private LogExperiments() {}

  public static Model model(Bounds bounds, Set<String> without) {
    return new LogModel(LogBounds.of(bounds), Rule.named(LogRule.class, without));
  }

  public static List<Experiment> all() {
    return new Experiments(NAME)
        .holds(TWO_OWNERS)
        .holds("owners=1 messages=mm numbers=3 group=1 losses=1 evictions=1")
        .holds(READER)
        .holds("owners=2 messages=mmm numbers=3 group=2 bucket=2 shorter=1 stored=1 retries=0")
        .holds("owners=2 " + BODIES)
        .holds(EDITED)
        .holds(REDACTED_BY_THREE)
        .holds(EXPIRING)
        .breaks(LogRule.CLAIM_GROWS, TWO_OWNERS)
        .breaks(LogRule.EPOCH_GROWS, ONE_OWNER + " losses=2")
        .breaks(LogRule.ONE_CONTENT, ONE_OWNER)
        .breaks(LogRule.QUORUM, ONE_OWNER)
        .breaks(LogRule.LEASE_AFTER_WRITE, TWO_OWNERS)
        .breaks(LogRule.FENCE, THREE_OWNERS)
        .breaks(LogRule.TAIL_BEFORE_GAP, TWO_OWNERS + " repairs=1")
        .breaks(LogRule.SECOND_LOOK, TWO_OWNERS)
        .breaks(LogRule.BASE_OF_FIRST_LOOK, THREE_OWNERS + " retries=0")
        .breaks(LogRule.REWRITE, TWO_OWNERS)
        .breaks(LogRule.REBUILD_SENDS, TWO_OWNERS)
        .isKept(
            LogRule.READ_REPAIR,
            TWO_OWNERS + " torn=1",
            "it spares the next owner entries that come and go between two looks; with"
                + " BASE_OF_FIRST_LOOK none of them was acknowledged")
        .breaks(LogRule.INDEX_FIRST, "owners=2 " + BUCKETS)
        .breaks(LogRule.FENCE_BOTH_BUCKETS, BOUNDARY)
        .breaks(LogRule.SEND_ROW_CHECKED, THREE_OWNERS)
        .breaks(LogRule.OLDER_BUCKETS, "owners=1 " + BUCKETS)
        .breaks(LogRule.MEMORY_COMPLETE, TWO_OWNERS)
        .breaks(LogRule.ONE_AT_A_TIME, ONE_OWNER)
        .breaks(LogRule.MISSING_BODY_IS_GAP, "owners=2 " + BODIES)
        .breaks(LogRule.FENCE_BODIES, "owners=3 " + BODIES)
        .breaks(LogRule.EXPIRED_LEAVES_ROW, EXPIRING)
        .breaks(LogRule.TIME_LEFT_KEPT, EXPIRING)
        .breaks(LogRule.MARK, REDACTED)
        .breaks(LogRule.MARK_ABOVE_EPOCH, REDACTED)
        .breaks(LogRule.MARK_FIRST, REDACTED)
        .breaks(
            LogRule.TARGET_ACKNOWLEDGED,
            "owners=2 messages=mmr numbers=3 group=1 bodies=1 retries=0")
        .breaks(LogRule.KEPT_MARKED_AGAIN, REDACTED_BY_THREE)
        .breaks(LogRule.HINT_FIRST, EDITED)
        .breaks(
            LogRule.HINT_CHECKED,
            "owners=2 messages=mmer numbers=4 group=1 bodies=1 retries=0 stored=1")
        .breaks(LogRule.REDACTION_WAITS, EDITED)
        .breaks(LogRule.GONE_REFUSED, EDITED)
        .breaks(LogRule.READ_BELOW_END, READER)
        .breaks(LogRule.END_BEFORE_ROWS, READER)
        .breaks(LogRule.END_UNDER_LEASE, READER)
        .all();
  }
}
