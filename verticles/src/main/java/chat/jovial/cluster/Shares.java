package chat.jovial.cluster;

import chat.jovial.cluster.LeaseStore.ShardRow;
import chat.jovial.contract.Shards;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * Plan of one process for owning its share: all shards divided by the living leases, rounded up.
 *
 * @param claim free ones to take. In the order of the leases each takes the next ones, so that
 *     those who share out what another has left, and see the same table, want none twice
 * @param giveBack owned ones beyond its share
 * @param abandoned ones that the table says are its own and that it does not count on: a claim or
 *     release whose answer was lost
 */
record Shares(List<ShardRow> claim, List<ShardRow> giveBack, List<ShardRow> abandoned) {

  static Shares of(Ring ring, String leaseId, IntPredicate owned) {
    TreeSet<String> living = new TreeSet<>(ring.living().keySet());
    living.add(leaseId);
    int share = (Shards.COUNT + living.size() - 1) / living.size();

    List<ShardRow> mine = new ArrayList<>();
    List<ShardRow> free = new ArrayList<>();
    List<ShardRow> abandoned = new ArrayList<>();
    Map<String, Integer> has = new HashMap<>();
    for (ShardRow row : ring.shards()) {
      if (row.leaseId() != null) {
        has.merge(row.leaseId(), 1, Integer::sum);
      }
      if (owned.test(row.shard())) {
        mine.add(row);
      } else if (leaseId.equals(row.leaseId())) {
        abandoned.add(row);
      } else if (row.leaseId() == null || !living.contains(row.leaseId())) {
        free.add(row);
      }
    }
    List<ShardRow> giveBack = mine.size() > share ? mine.subList(share, mine.size()) : List.of();
    int room = Math.max(0, share - mine.size());
    List<ShardRow> claim = new ArrayList<>();
    while (claim.size() < room && !abandoned.isEmpty()) {
      claim.add(abandoned.remove(abandoned.size() - 1));
    }
    int taken =
        living.headSet(leaseId).stream()
            .mapToInt(other -> Math.max(0, share - has.getOrDefault(other, 0)))
            .sum();
    for (int i = taken; i < free.size() && claim.size() < room; i++) {
      claim.add(free.get(i));
    }
    return new Shares(List.copyOf(claim), List.copyOf(giveBack), List.copyOf(abandoned));
  }
}
