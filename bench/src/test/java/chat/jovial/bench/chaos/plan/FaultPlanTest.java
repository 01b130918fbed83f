package chat.jovial.bench.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final Set<FaultKind> ALL = EnumSet.allOf(FaultKind.class);

  @Test
  void the_same_seed_gives_the_same_plan_and_another_one_another() {
    FaultPlan plan = FaultPlan.of(7, 600, 3, 3, ALL);

    assertThat(FaultPlan.of(7, 600, 3, 3, ALL)).isEqualTo(plan);
    assertThat(FaultPlan.of(8, 600, 3, 3, ALL).faults()).isNotEqualTo(plan.faults());
  }

  @Test
  void every_kind_comes_before_any_comes_again() {
    List<Fault> faults = FaultPlan.of(7, 600, 3, 3, ALL).faults();

    assertThat(faults).hasSizeGreaterThan(ALL.size());
    assertThat(faults.subList(0, ALL.size()))
        .extracting(Fault::kind)
        .containsExactlyInAnyOrderElementsOf(ALL);
  }

  @Test
  void faults_come_one_after_the_other_within_the_time_and_hit_what_there_is() {
    FaultPlan plan = FaultPlan.of(7, 600, 2, 3, ALL);

    double free = 0;
    for (Fault fault : plan.faults()) {
      assertThat(fault.atSeconds()).isGreaterThan(free);
      assertThat(fault.target()).isBetween(0, fault.kind().hitsNode() ? 1 : 2);
      free = fault.atSeconds() + fault.forSeconds();
    }
    assertThat(free).isLessThan(600);
  }

  @Test
  void a_plan_without_kinds_has_no_faults() {
    assertThat(FaultPlan.of(7, 600, 3, 3, Set.of()).faults()).isEmpty();
  }
}
