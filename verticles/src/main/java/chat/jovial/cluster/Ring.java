package chat.jovial.cluster;

import chat.jovial.cluster.LeaseStore.LeaseRow;
import chat.jovial.cluster.LeaseStore.ShardRow;
import chat.jovial.contract.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Snapshot of all leases and all shards; a hint, for a write that relies on it has it as its
 * condition.
 */
record Ring(List<LeaseRow> leases, List<ShardRow> shards) {
  Ring {
    leases = List.copyOf(leases);
    shards = allShards(shards);
  }

  /** The leases that have not been ended, by id. */
  Map<String, LeaseRow> living() {
    return leases.stream()
        .filter(LeaseRow::isAlive)
        .collect(Collectors.toMap(LeaseRow::leaseId, Function.identity()));
  }

  /** For each shard the node of its owner, or null. */
  @Nullable String[] nodes() {
    Map<String, LeaseRow> living = living();
    @Nullable String[] nodes = new String[Shards.COUNT];
    for (ShardRow row : shards) {
      String leaseId = row.leaseId();
      LeaseRow lease = leaseId == null ? null : living.get(leaseId);
      nodes[row.shard()] = lease == null ? null : lease.node();
    }
    return nodes;
  }

  /** One row for each shard, in order; those never claimed have none in the store. */
  private static List<ShardRow> allShards(List<ShardRow> rows) {
    Map<Integer, ShardRow> byShard =
        rows.stream().collect(Collectors.toMap(ShardRow::shard, Function.identity()));
    List<ShardRow> all = new ArrayList<>(Shards.COUNT);
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      all.add(byShard.getOrDefault(shard, new ShardRow(shard, null, null)));
    }
    return List.copyOf(all);
  }
}
