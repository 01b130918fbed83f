package chat.jovial.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Catalogue;
import chat.jovial.contract.Json;
import chat.jovial.contract.Operation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final ObjectNode DOCUMENT = OpenApi.document("1.2.3");

  @Test
  void a_common_parser_reads_the_document_without_complaint() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    options.setResolveFully(true);
    SwaggerParseResult result =
        new OpenAPIV3Parser().readContents(DOCUMENT.toString(), List.of(), options);
    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getPaths()).hasSize(Catalogue.CLIENT_PLANE.size());
  }

  @Test
  void every_operation_has_a_path_and_nothing_else() {
    assertThat(DOCUMENT.get("paths").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(
            Catalogue.CLIENT_PLANE.stream().map(operation -> "/api/" + operation.name()).toList());
  }

  @Test
  void required_fields_are_marked() {
    JsonNode login = DOCUMENT.at("/components/schemas/LogIn");
    assertThat(Json.write(login.get("required"))).asString().isEqualTo("[\"password\"]");
    assertThat(login.at("/properties/username/type").asText()).isEqualTo("string");
    assertThat(login.at("/properties/app_key/description").asText()).contains("X-App-Key");
    assertThat(Json.write(DOCUMENT.at("/components/schemas/Send/required")))
        .asString()
        .isEqualTo("[\"to\",\"body\"]");
  }

  @Test
  void every_operation_says_who_may_call_it() {
    for (Operation<?, ?> operation : Catalogue.CLIENT_PLANE) {
      JsonNode security = DOCUMENT.at("/paths/~1api~1" + operation.name() + "/post/security");
      switch (operation.access()) {
        case USER -> assertThat(security.toString()).isEqualTo("[{\"userToken\":[]}]");
        case APP -> assertThat(security.toString()).startsWith("[{\"appKey\":[]}");
        default -> assertThat(security).isEmpty();
      }
    }
  }

  @Test
  void every_schema_that_is_referred_to_exists() {
    assertThat(DOCUMENT.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(DOCUMENT.at(reference.substring(1)).isObject()).as(reference).isTrue());
  }

  @Test
  void operations_of_services_are_not_shown() {
    assertThat(DOCUMENT.toString())
        .doesNotContain(Catalogue.SERVICE_PLANE.stream().map(Operation::name).toList());
  }
}
