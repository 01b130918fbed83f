package chat.jovial.model;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.model.explore.Experiment;
import chat.jovial.model.explore.Exploration;
import chat.jovial.model.explore.Explorer;
import chat.jovial.model.explore.Limits;
import chat.jovial.model.explore.Rule;
import chat.jovial.model.lease.LeaseRule;
import chat.jovial.model.log.LogRule;
import chat.jovial.model.membership.MembershipRule;
import chat.jovial.model.receipt.ReceiptRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RulesTest {
  static List<Experiment> withAllRules() {
    return Models.experiments().stream().filter(e -> e.without() == null).toList();
  }

  static List<Experiment> withoutANeededRule() {
    return Models.experiments().stream().filter(Experiment::expectsViolation).toList();
  }

  static List<Experiment> withoutARuleThatIsKept() {
    return Models.experiments().stream().filter(e -> e.keptBecause() != null).toList();
  }

  @ParameterizedTest
  @MethodSource("withAllRules")
  void followingAllRulesNothingBreaks(Experiment experiment) {
    Exploration found = Explorer.explore(Models.make(experiment), Limits.OF_A_TEST);

    assertThat(found.violation()).as(found.trace().toString()).isNull();
    assertThat(found.complete()).isTrue();
    assertThat(found.goals()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("withoutANeededRule")
  void aRuleLeftOutIsMissed(Experiment experiment) {
    Exploration found = Explorer.explore(Models.make(experiment), Limits.OF_A_TEST);

    assertThat(found.violation()).as(found.summary()).isNotNull();
    assertThat(found.trace()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("withoutARuleThatIsKept")
  void aRuleThatIsNotNeededIsKnownToBe(Experiment experiment) {
    Exploration found = Explorer.explore(Models.make(experiment), Limits.OF_A_TEST);

    assertThat(found.violation()).as(found.trace().toString()).isNull();
    assertThat(found.complete()).isTrue();
  }

  @Test
  void everyRuleIsLeftOutOnce() {
    List<Rule> left = Models.experiments().stream().map(Experiment::without).toList();

    assertThat(left).containsAll(allRules());
  }

  private static List<Rule> allRules() {
    return Stream.<Rule[]>of(
            LogRule.values(), LeaseRule.values(), ReceiptRule.values(), MembershipRule.values())
        .flatMap(Arrays::stream)
        .toList();
  }
}
