package chat.jovial.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Catalogue;
import chat.jovial.contract.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every operation of the catalogue must have beside what other tests look at: that it has a
 * route and an answer is seen by {@code JovialServerIT}, its path in the OpenAPI document by {@code
 * OpenApiTest}, its row in the documentation by {@code ProtocolDocumentTest}.
 */
class NothingIsMissingTest {
  private static final Path MAIN = Path.of("src/main/java/chat/jovial");
  private static final Path TESTS = Path.of("src/test/java/chat/jovial");

  @Test
  void every_operation_of_clients_is_called_by_a_test() throws IOException {
    String tests = textOf(TESTS, "openapi", "architecture");
    nameByConstant()
        .forEach(
            (constant, name) ->
                assertThat(
                        tests.contains("Catalogue." + constant) || tests.contains('"' + name + '"'))
                    .as("%s (Catalogue.%s) is mentioned by a test", name, constant)
                    .isTrue());
  }

  @Test
  void every_service_refuses_to_start_without_a_handler_for_each_of_its_operations()
      throws IOException {
    for (String service : List.of("edge", "ums", "mds", "mss", "fss")) {
      assertThat(textOf(MAIN.resolve(service))).as(service).contains(".checkComplete()");
    }
  }

  private static Map<String, String> nameByConstant() {
    Map<String, String> names = new HashMap<>();
    for (var field : Catalogue.class.getFields()) {
      if (field.getType() == Operation.class) {
        try {
          Operation<?, ?> operation = (Operation<?, ?>) field.get(null);
          if (Catalogue.CLIENT_PLANE.contains(operation)) {
            names.put(field.getName(), operation.name());
          }
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
    return names;
  }

  /** All Java text below a folder, but for some folders in it. */
  private static String textOf(Path folder, String... without) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(
              file -> Stream.of(without).noneMatch(part -> file.startsWith(folder.resolve(part))))
          .forEach(
              file -> {
                try {
                  text.append(Files.readString(file));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    return text.toString();
  }
}
