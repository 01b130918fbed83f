package chat.jovial.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Catalogue;
import chat.jovial.contract.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/protocol.md} in step with the catalogue, and rewrites it when told to. */
class ProtocolDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/protocol.md");

  /** Rewrites the document instead of complaining about it. */
  private static final boolean WRITE = Boolean.getBoolean("jovial.docs.write");

  private static final String COMMAND =
      "mvn -o -Pfast -DskipTests=false -pl verticles -am test -Djovial.docs.write=true"
          + " -Dtest=ProtocolDocumentTest -Dsurefire.failIfNoSpecifiedTests=false";

  @Test
  void the_operations_are_those_of_the_catalogue() throws IOException {
    check("operations", ProtocolTables::operations);
  }

  @Test
  void the_events_are_those_of_the_contract() throws IOException {
    check("events", ProtocolTables::events);
  }

  @Test
  void the_errors_are_those_of_the_contract() throws IOException {
    check("errors", ProtocolTables::errors);
  }

  @Test
  void every_operation_has_a_row() {
    assertThat(Catalogue.CLIENT_PLANE)
        .extracting(Operation::name)
        .allSatisfy(name -> assertThat(ProtocolTables.operations()).contains("| [`" + name + "`]"));
  }

  private static void check(String part, Supplier<String> generated) throws IOException {
    String text = Files.readString(DOCUMENT);
    Matcher marked =
        Pattern.compile(
                "(<!-- generated: %s -->\n)(.*?)(<!-- end -->)".formatted(part), Pattern.DOTALL)
            .matcher(text);
    assertThat(marked.find()).as("markers of %s in %s", part, DOCUMENT).isTrue();
    if (WRITE) {
      Files.writeString(
          DOCUMENT, marked.replaceFirst("$1" + Matcher.quoteReplacement(generated.get()) + "$3"));
      return;
    }
    assertThat(marked.group(2))
        .as("%s is out of date; rewrite it with: %s", DOCUMENT, COMMAND)
        .isEqualTo(generated.get());
  }
}
