package chat.jovial.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.cluster.LeaseStore.LeaseRow;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MajorityWatchTest {
  private static final ClusterConfig CONFIG =
      new ClusterConfig(Duration.ofSeconds(3), Duration.ofMillis(500));

  /** Twice the time after which a lease that stands still is over. */
  private static final int LIMIT = 7;

  private final Set<String> members = new TreeSet<>();
  private final Set<String> renewing = new TreeSet<>();
  private final Set<String> standingStill = new TreeSet<>();
  private boolean storeAnswers = true;
  private int second;

  @Test
  void the_smaller_side_is_cut_off_after_a_while_and_no_more_when_the_cluster_has_merged() {
    MajorityWatch watch = at("b", "a", "b", "c");
    after(LIMIT, watch, false);
    members.removeAll(Set.of("a", "c"));
    after(LIMIT, watch, false);
    after(1, watch, true);
    renewing.remove("b");
    after(60, watch, true);
    members.add("a");
    after(1, watch, false);
  }

  @Test
  void the_larger_side_goes_on() {
    MajorityWatch watch = at("b", "a", "b", "c");
    members.remove("c");
    after(60, watch, false);
  }

  @Test
  void of_two_halves_the_one_with_the_smallest_name_goes_on_and_stays_when_the_other_is_gone() {
    MajorityWatch smallest = at("a", "a", "b");
    members.remove("b");
    after(30, smallest, false);
    renewing.remove("b");
    after(30, smallest, false);

    MajorityWatch other = at("b", "a", "b");
    members.remove("a");
    after(LIMIT, other, false);
    after(30, other, true);
  }

  @Test
  void of_a_cluster_in_single_pieces_one_goes_on() {
    MajorityWatch first = at("a", "a", "b", "c");
    members.removeAll(Set.of("b", "c"));
    after(LIMIT + 1, first, false);
    // The other two have given up their leases by now.
    renewing.removeAll(Set.of("b", "c"));
    after(60, first, false);
  }

  @Test
  void nodes_that_died_are_not_missed() {
    MajorityWatch watch = at("c", "a", "b", "c");
    members.removeAll(Set.of("a", "b"));
    renewing.removeAll(Set.of("a", "b"));
    // Nobody marks them dead: the store may be too slow for that.
    standingStill.addAll(Set.of("a", "b"));
    after(60, watch, false);
  }

  @Test
  void who_was_cut_off_serves_again_when_all_others_have_died() {
    MajorityWatch watch = at("c", "a", "b", "c");
    members.removeAll(Set.of("a", "b"));
    after(LIMIT, watch, false);
    after(1, watch, true);
    renewing.removeAll(Set.of("a", "b", "c"));
    standingStill.addAll(Set.of("a", "b"));
    after(4, watch, true);
    after(1, watch, false);
  }

  @Test
  void a_node_alone_is_never_cut_off_whatever_the_store_does() {
    MajorityWatch never = at("a", "a");
    storeAnswers = false;
    after(60, never, false);

    storeAnswers = true;
    MajorityWatch watch = at("a", "a");
    after(3, watch, false);
    storeAnswers = false;
    after(60, watch, false);
    renewing.clear();
    storeAnswers = true;
    after(60, watch, false);
  }

  @Test
  void a_store_that_is_away_for_all_cuts_nobody_off_but_one_that_is_away_with_the_others_does() {
    MajorityWatch watch = at("b", "a", "b", "c");
    after(3, watch, false);
    storeAnswers = false;
    after(60, watch, false);
    members.removeAll(Set.of("a", "c"));
    after(LIMIT, watch, false);
    after(1, watch, true);
  }

  @Test
  void a_node_that_owns_nothing_goes_with_the_owners_that_it_reaches() {
    MajorityWatch watch = at("edge", "a", "b", "c");
    members.remove("a");
    after(30, watch, false);
    members.remove("b");
    after(LIMIT, watch, false);
    after(1, watch, true);
    renewing.removeAll(Set.of("a", "b", "c"));
    after(1, watch, false);
  }

  private MajorityWatch at(String here, String... owners) {
    members.clear();
    members.addAll(Arrays.asList(owners));
    renewing.clear();
    renewing.addAll(members);
    standingStill.clear();
    return new MajorityWatch(CONFIG, here, members::contains, () -> second * 1_000_000_000L);
  }

  /** Looks and judges each second; the verdict must be the same all the time. */
  private void after(int seconds, MajorityWatch watch, boolean cutOff) {
    for (int i = 0; i < seconds; i++) {
      second++;
      if (storeAnswers) {
        watch.handleLook(new Ring(leases(), List.of()));
      }
      assertThat(watch.isCutOff()).as("second %d of %d", i + 1, seconds).isEqualTo(cutOff);
    }
  }

  private List<LeaseRow> leases() {
    TreeSet<String> all = new TreeSet<>(renewing);
    all.addAll(standingStill);
    return all.stream()
        .map(
            node ->
                new LeaseRow(
                    "lease of " + node,
                    null,
                    renewing.contains(node) ? second : 0,
                    LeaseStore.ALIVE,
                    node))
        .toList();
  }
}
