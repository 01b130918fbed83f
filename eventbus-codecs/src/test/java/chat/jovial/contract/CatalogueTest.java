package chat.jovial.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final List<Operation<?, ?>> ALL =
      Stream.concat(Catalogue.CLIENT_PLANE.stream(), Catalogue.SERVICE_PLANE.stream()).toList();

  @Test
  void every_name_is_given_once_and_is_of_one_form() {
    assertThat(ALL)
        .extracting(Operation::name)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z]+(\\.[a-z_]+){1,2}"));
  }

  @Test
  void every_constant_is_listed() throws IllegalAccessException {
    for (var field : Catalogue.class.getFields()) {
      if (field.getType() == Operation.class) {
        assertThat(ALL).as(field.getName()).contains((Operation<?, ?>) field.get(null));
      }
      if (field.getType() == Topic.class) {
        assertThat(Catalogue.TOPICS).contains((Topic<?>) field.get(null));
      }
    }
  }

  @Test
  void clients_are_told_what_each_of_their_operations_does() {
    assertThat(Catalogue.CLIENT_PLANE)
        .allSatisfy(
            operation ->
                assertThat(operation.summary()).as(operation.name()).matches("[A-Z].*\\."));
  }

  @Test
  void clients_do_not_find_what_is_between_services() {
    for (Operation<?, ?> operation : Catalogue.SERVICE_PLANE) {
      assertThat(operation.access()).isEqualTo(Access.SERVICE);
      assertThat(Catalogue.clientOperation(operation.name())).isEmpty();
      assertThat(Catalogue.operation(operation.name())).contains(operation);
    }
    assertThat(Catalogue.CLIENT_PLANE)
        .allMatch(operation -> operation.access() != Access.SERVICE)
        .allMatch(operation -> Catalogue.clientOperation(operation.name()).isPresent());
  }

  @Test
  void every_operation_is_of_one_service() {
    assertThat(Stream.of(Service.values()).flatMap(s -> Catalogue.operationsOf(s).stream()))
        .containsExactlyInAnyOrderElementsOf(ALL);
  }

  @Test
  void what_needs_a_conversation_of_the_caller_is_asked_of_its_owner() {
    assertThat(ALL)
        .filteredOn(operation -> operation.service() == Service.MDS)
        .allMatch(operation -> RoutedByConversation.class.isAssignableFrom(operation.request()));
  }

  @Test
  void records_keep_secrets_out_of_logs() {
    for (Operation<?, ?> operation : ALL) {
      Stream.of(Samples.of(operation.request()), Samples.of(operation.reply()))
          .forEach(
              sample ->
                  assertThat(sample.toString())
                      .as("%s", sample.getClass())
                      .doesNotContain(
                          "some-password",
                          "some-appSecret",
                          "some-userToken",
                          "some-fileToken",
                          "some-refreshToken",
                          "some-operatorKey",
                          "Grüße"));
    }
  }
}
