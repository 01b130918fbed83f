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
  void should_be_a_document_that_a_common_parser_reads_without_complaint() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    options.setResolveFully(true);
    SwaggerParseResult result =
        new OpenAPIV3Parser().readContents(DOCUMENT.toString(), List.of(), options);
    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getPaths()).hasSize(Catalogue.CLIENT_PLANE.size());
  }

  @Test
  void should_have_a_path_for_every_operation_and_no_other() {
    assertThat(DOCUMENT.get("paths").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(
            Catalogue.CLIENT_PLANE.stream().map(operation -> "/api/" + operation.name()).toList());
  }

  @Test
  void should_tell_required_fields_from_others() {
    JsonNode login = DOCUMENT.at("/components/schemas/LogIn");
    assertThat(Json.write(login.get("required"))).asString().isEqualTo("[\"password\"]");
    assertThat(login.at("/properties/username/type").asText()).isEqualTo("string");
    assertThat(login.at("/properties/app_key/description").asText()).contains("X-App-Key");
    assertThat(Json.write(DOCUMENT.at("/components/schemas/Send/required")))
        .asString()
        .isEqualTo("[\"to\",\"body\"]");
  }

  @Test
  void should_say_who_may_call_what() {
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
  void should_have_every_schema_that_it_refers_to() {
    assertThat(DOCUMENT.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(DOCUMENT.at(reference.substring(1)).isObject()).as(reference).isTrue());
  }

  @Test
  void should_not_show_the_service_plane() {
    assertThat(DOCUMENT.toString())
        .doesNotContain(Catalogue.SERVICE_PLANE.stream().map(Operation::name).toList());
  }
}
