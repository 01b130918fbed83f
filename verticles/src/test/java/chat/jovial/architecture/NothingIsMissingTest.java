package chat.jovial.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Catalogue;
import chat.jovial.contract.EdgeOperations;
import chat.jovial.contract.FssOperations;
import chat.jovial.contract.MdsOperations;
import chat.jovial.contract.MssOperations;
import chat.jovial.contract.Operation;
import chat.jovial.contract.UmsOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every operation of the catalogue must have beside what other tests look at: that it has a
 * route and an answer is seen by {@code JovialServerIT}, its path in the OpenAPI document by {@code
 * OpenApiTest}, its row in the documentation by {@code ProtocolDocumentTest}. Reads compiled
 * classes, in which there are no comments.
 */
class NothingIsMissingTest {
  private static final Path MAIN = Path.of("target/classes/chat/jovial");
  private static final Path TESTS = Path.of("target/test-classes/chat/jovial");

  private static final List<Class<?>> DECLARATIONS =
      List.of(
          EdgeOperations.class,
          UmsOperations.class,
          MdsOperations.class,
          MssOperations.class,
          FssOperations.class);

  @Test
  void every_operation_of_clients_is_used_by_a_test() throws Exception {
    Set<String> members = new HashSet<>();
    Set<String> literals = new HashSet<>();
    for (ClassFile test : classesIn(TESTS, "openapi", "architecture")) {
      members.addAll(test.members());
      literals.addAll(test.literals());
    }

    nameByConstant()
        .forEach(
            (constant, name) ->
                assertThat(members.contains(constant) || literals.contains(name))
                    .as("%s (%s) is used by a test", name, constant)
                    .isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "ums", "mds", "mss", "fss"})
  void a_service_checks_at_its_start_that_all_its_operations_have_a_handler(String service)
      throws IOException {
    assertThat(classesIn(MAIN.resolve(service)).stream().flatMap(part -> part.members().stream()))
        .anyMatch(member -> member.endsWith("OperationHandlers.checkComplete"));
  }

  /** Of the operations of clients: the field that declares each, and its name. */
  private static Map<String, String> nameByConstant() throws IllegalAccessException {
    Map<String, String> names = new HashMap<>();
    for (Class<?> declarations : DECLARATIONS) {
      for (var field : declarations.getFields()) {
        if (field.get(null) instanceof Operation<?, ?> operation
            && Catalogue.CLIENT_PLANE.contains(operation)) {
          String owner = declarations.getName().replace('.', '/');
          names.put(owner + "." + field.getName(), operation.name());
        }
      }
    }
    assertThat(names.values())
        .containsExactlyInAnyOrderElementsOf(
            Catalogue.CLIENT_PLANE.stream().map(Operation::name).toList());
    return names;
  }

  /** All classes below a folder, but for some folders in it. */
  private static List<ClassFile> classesIn(Path folder, String... without) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(
              file -> Stream.of(without).noneMatch(part -> file.startsWith(folder.resolve(part))))
          .map(ClassFile::read)
          .toList();
    }
  }
}
