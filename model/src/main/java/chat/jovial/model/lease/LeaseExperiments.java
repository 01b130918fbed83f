package chat.jovial.model.lease;

import chat.jovial.model.explore.Bounds;
import chat.jovial.model.explore.Experiment;
import chat.jovial.model.explore.Experiments;
import chat.jovial.model.explore.Model;
import chat.jovial.model.explore.Rule;
import java.util.List;
import java.util.Set;

/** Explorations that the build runs of ownership. */
public final class LeaseExperiments {
  public static final String NAME = "lease";

  private static final String WATCHED = "nodes=2 slots=2 lease=1";
  private static final String HANDED_OVER =
      "nodes=2 wanting=2 slots=2 renewals=0 handovers=1 lease=1";
  private static final String STARTED_AGAIN =
      "nodes=2 wanting=2 leases=3 slots=2 renewals=0 crashes=1 lease=1";

  private LeaseExperiments() {}

  public static Model model(Bounds bounds, Set<String> without) {
    return new LeaseModel(LeaseBounds.of(bounds), Rule.named(LeaseRule.class, without));
  }

  public static List<Experiment> all() {
    return new Experiments(NAME)
        .holds(WATCHED)
        .holds("nodes=2 slots=1 lease=2 handovers=1")
        .breaks(LeaseRule.TOLD_UNDER_LEASE, WATCHED)
        .breaks(LeaseRule.FROM_START, WATCHED)
        .isKept(LeaseRule.LATEST_START, WATCHED, "it only keeps a lease from ending too soon")
        .breaks(LeaseRule.FASTER_CLOCK, WATCHED)
        .breaks(LeaseRule.WATCH_TIME, WATCHED)
        .breaks(LeaseRule.WATCH_DRIFT, WATCHED)
        .breaks(LeaseRule.SEEN_FROM_ANSWER, WATCHED)
        .breaks(LeaseRule.NEW_VERSION, WATCHED)
        .breaks(LeaseRule.MARK_NAMES_VERSION, WATCHED)
        .breaks(LeaseRule.RENEWED_IF_ALIVE, WATCHED)
        .breaks(LeaseRule.NUMBER_ABOVE_LAST, WATCHED)
        .breaks(LeaseRule.FOLDER_LOCKED, WATCHED)
        .isKept(
            LeaseRule.LEASE_AFTER_CLAIM,
            WATCHED,
            "a lease that does not hold is renewed, and then nobody has marked it, or ends, and"
                + " its end drops all claims")
        .breaks(LeaseRule.CLAIM_IF_AS_SEEN, HANDED_OVER.replace("nodes=2", "nodes=3"))
        .breaks(LeaseRule.LEASES_AFTER_SHARDS, STARTED_AGAIN)
        .breaks(LeaseRule.LOST_BEFORE_FREED, HANDED_OVER)
        .breaks(LeaseRule.FREED_KEEPS_NUMBER, HANDED_OVER)
        .breaks(LeaseRule.FREED_IF_AS_CLAIMED, HANDED_OVER)
        .all();
  }
}
