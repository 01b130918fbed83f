package chat.jovial.model.lease;

import chat.jovial.model.explore.Bounds;
import java.util.Set;

/**
 * Bounds of the leases that the model explores.
 *
 * @param nodes that want the shard; the first has it at the start
 * @param wanting of them, from the last one on, claim the shard when it is free
 * @param leases that may be begun in all
 * @param claims the highest number of a claim
 * @param renewals of a node under way at once
 * @param slots requests under way at once, of all nodes
 * @param crashes of processes, each of which may start again
 * @param handOvers of the shard by a living owner
 * @param lease the lease time, in ticks of a clock
 * @param lead by how much one node's clock may get ahead of another's; the drift allowance is twice
 *     that, for it may be that much behind when an interval begins
 */
record LeaseBounds(
    int nodes,
    int wanting,
    int leases,
    int claims,
    int renewals,
    int slots,
    int crashes,
    int handOvers,
    int lease,
    int lead) {

  private static final Set<String> NAMES =
      Set.of(
          "nodes",
          "wanting",
          "leases",
          "claims",
          "renewals",
          "slots",
          "crashes",
          "handovers",
          "lease",
          "lead");

  static LeaseBounds of(Bounds bounds) {
    bounds.check(NAMES);
    int nodes = bounds.number("nodes", 2);
    return new LeaseBounds(
        nodes,
        bounds.number("wanting", 1),
        bounds.number("leases", nodes),
        bounds.number("claims", 3),
        bounds.number("renewals", 1),
        bounds.number("slots", 3),
        bounds.number("crashes", 0),
        bounds.number("handovers", 0),
        bounds.number("lease", 2),
        bounds.number("lead", 1));
  }

  int patience(boolean withDrift) {
    return lease + (withDrift ? 2 * lead : 0);
  }
}
