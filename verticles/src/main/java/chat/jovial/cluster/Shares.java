package chat.jovial.cluster;

import chat.jovial.cluster.LeaseStore.ShardRow;
import chat.jovial.contract.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * What one process should do so that each comes to own its share: all shards divided by the living
 * leases, rounded up.
 *
 * @param claim free ones to take. Which, depends on the process's place among the others, so that
 *     those who share out a dead one's shards at the same moment do not want the same ones
 * @param giveBack owned ones beyond its share
 * @param abandoned ones that the table says are its own and that it does not count on: a claim or
 *     release whose answer was lost
 */
record Shares(List<ShardRow> claim, List<ShardRow> giveBack, List<ShardRow> abandoned) {

  static Shares of(Ring ring, String leaseId, IntPredicate owned) {
    Set<String> living = new TreeSet<>(ring.living().keySet());
    living.add(leaseId);
    int nodes = living.size();
    int share = (Shards.COUNT + nodes - 1) / nodes;
    int place = List.copyOf(living).indexOf(leaseId);

    List<ShardRow> mine = new ArrayList<>();
    List<ShardRow> free = new ArrayList<>();
    List<ShardRow> abandoned = new ArrayList<>();
    for (ShardRow row : ring.shards()) {
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
    int start = free.size() * place / nodes;
    for (int i = 0; i < free.size() && claim.size() < room; i++) {
      claim.add(free.get((start + i) % free.size()));
    }
    return new Shares(List.copyOf(claim), List.copyOf(giveBack), List.copyOf(abandoned));
  }
}
