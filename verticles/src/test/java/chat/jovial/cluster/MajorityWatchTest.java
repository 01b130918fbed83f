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
    advance(LIMIT).expectConnected(watch);
    members.removeAll(Set.of("a", "c"));
    advance(LIMIT).expectConnected(watch);
    advance(1).expectCutOff(watch);
    renewing.remove("b");
    advance(60).expectCutOff(watch);
    members.add("a");
    advance(1).expectConnected(watch);
  }

  @Test
  void the_larger_side_goes_on() {
    MajorityWatch watch = at("b", "a", "b", "c");
    members.remove("c");
    advance(60).expectConnected(watch);
  }

  @Test
  void of_two_halves_the_one_with_the_smallest_name_continues() {
    MajorityWatch smallest = at("a", "a", "b");
    members.remove("b");
    advance(30).expectConnected(smallest);
    renewing.remove("b");
    advance(30).expectConnected(smallest);

    MajorityWatch other = at("b", "a", "b");
    members.remove("a");
    advance(LIMIT).expectConnected(other);
    advance(30).expectCutOff(other);
  }

  @Test
  void of_a_cluster_in_single_pieces_one_goes_on() {
    MajorityWatch first = at("a", "a", "b", "c");
    members.removeAll(Set.of("b", "c"));
    advance(LIMIT + 1).expectConnected(first);
    // The other two have given up their leases by now.
    renewing.removeAll(Set.of("b", "c"));
    advance(60).expectConnected(first);
  }

  @Test
  void nodes_that_died_are_not_missed() {
    MajorityWatch watch = at("c", "a", "b", "c");
    members.removeAll(Set.of("a", "b"));
    renewing.removeAll(Set.of("a", "b"));
    // Nobody marks them dead: the store may be too slow for that.
    standingStill.addAll(Set.of("a", "b"));
    advance(60).expectConnected(watch);
  }

  @Test
  void who_was_cut_off_serves_again_when_all_others_have_died() {
    MajorityWatch watch = at("c", "a", "b", "c");
    members.removeAll(Set.of("a", "b"));
    advance(LIMIT).expectConnected(watch);
    advance(1).expectCutOff(watch);
    renewing.removeAll(Set.of("a", "b", "c"));
    standingStill.addAll(Set.of("a", "b"));
    advance(4).expectCutOff(watch);
    advance(1).expectConnected(watch);
  }

  @Test
  void a_node_alone_is_never_cut_off_whatever_the_store_does() {
    MajorityWatch never = at("a", "a");
    storeAnswers = false;
    advance(60).expectConnected(never);

    storeAnswers = true;
    MajorityWatch watch = at("a", "a");
    advance(3).expectConnected(watch);
    storeAnswers = false;
    advance(60).expectConnected(watch);
    renewing.clear();
    storeAnswers = true;
    advance(60).expectConnected(watch);
  }

  @Test
  void a_store_that_is_unavailable_cuts_nobody_off_unless_the_others_are_too() {
    MajorityWatch watch = at("b", "a", "b", "c");
    advance(3).expectConnected(watch);
    storeAnswers = false;
    advance(60).expectConnected(watch);
    members.removeAll(Set.of("a", "c"));
    advance(LIMIT).expectConnected(watch);
    advance(1).expectCutOff(watch);
  }

  @Test
  void a_node_that_owns_nothing_goes_with_the_owners_that_it_reaches() {
    MajorityWatch watch = at("edge", "a", "b", "c");
    members.remove("a");
    advance(30).expectConnected(watch);
    members.remove("b");
    advance(LIMIT).expectConnected(watch);
    advance(1).expectCutOff(watch);
    renewing.removeAll(Set.of("a", "b", "c"));
    advance(1).expectConnected(watch);
  }

  private MajorityWatch at(String here, String... owners) {
    members.clear();
    members.addAll(Arrays.asList(owners));
    renewing.clear();
    renewing.addAll(members);
    standingStill.clear();
    return new MajorityWatch(CONFIG, here, members::contains, () -> second * 1_000_000_000L);
  }

  private Advance advance(int seconds) {
    return new Advance(seconds);
  }

  /** Seconds that pass; in each the watch looks at the leases and must judge the same. */
  private final class Advance {
    private final int seconds;

    Advance(int seconds) {
      this.seconds = seconds;
    }

    void expectConnected(MajorityWatch watch) {
      expect(watch, false);
    }

    void expectCutOff(MajorityWatch watch) {
      expect(watch, true);
    }

    private void expect(MajorityWatch watch, boolean cutOff) {
      for (int i = 0; i < seconds; i++) {
        second++;
        if (storeAnswers) {
          watch.handleRing(new Ring(leases(), List.of()));
        }
        assertThat(watch.isCutOff()).as("second %d of %d", i + 1, seconds).isEqualTo(cutOff);
      }
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
