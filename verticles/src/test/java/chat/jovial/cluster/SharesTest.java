package chat.jovial.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.cluster.LeaseStore.LeaseRow;
import chat.jovial.cluster.LeaseStore.ShardRow;
import chat.jovial.contract.Shards;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {
  @Test
  void those_who_share_out_what_another_has_left_want_each_of_it_once() {
    // As three nodes have them: what the third has left is odd for each of the others.
    for (int first = 80; first <= 90; first++) {
      Ring ring = ring(List.of("a", "b"), first, 170);
      List<ShardRow> wanted = new ArrayList<>(Shares.of(ring, "a", owned(ring, "a")).claim());
      wanted.addAll(Shares.of(ring, "b", owned(ring, "b")).claim());
      assertThat(wanted).hasSize(Shards.COUNT - 170).doesNotHaveDuplicates();
    }
  }

  @Test
  void an_answer_that_was_lost_is_claimed_again_before_anything_else() {
    Ring ring = ring(List.of("a", "b"), 100, 200);
    Set<Integer> counted = new HashSet<>(IntStream.range(0, 90).boxed().toList());
    List<ShardRow> wanted = new ArrayList<>(Shares.of(ring, "a", counted::contains).claim());
    assertThat(wanted).hasSize(128 - 90).extracting(ShardRow::shard).contains(90, 99);
    wanted.addAll(Shares.of(ring, "b", owned(ring, "b")).claim());
    assertThat(wanted).doesNotHaveDuplicates();
  }

  /** The first shards are of the first lease, the next of the second, the rest are free. */
  private static Ring ring(List<String> leases, int first, int both) {
    return new Ring(
        leases.stream().map(id -> new LeaseRow(id, null, 1, LeaseStore.ALIVE, id)).toList(),
        IntStream.range(0, Shards.COUNT)
            .mapToObj(
                shard ->
                    new ShardRow(
                        shard,
                        shard < first ? leases.get(0) : shard < both ? leases.get(1) : null,
                        1L))
            .toList());
  }

  private static IntPredicate owned(Ring ring, String leaseId) {
    return shard -> leaseId.equals(ring.shards().get(shard).leaseId());
  }
}
