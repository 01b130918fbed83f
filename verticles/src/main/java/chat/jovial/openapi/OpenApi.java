package chat.jovial.openapi;

import chat.jovial.contract.Access;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Service;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The OpenAPI 3.1 document of the HTTP API: one POST for each operation of the client plane. */
public final class OpenApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String USER_TOKEN = "userToken";
  private static final String APP_KEY = "appKey";
  private static final String PROBLEM = "Problem";

  private final Schemas schemas = new Schemas();

  private OpenApi() {}

  /** The document, for a version of the server. */
  public static ObjectNode document(String version) {
    return new OpenApi().make(version);
  }

  private ObjectNode make(String version) {
    ObjectNode document = JSON.objectNode().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Jovial Chat")
        .put("version", version)
        .put("description", Texts.INTRODUCTION);
    document.putArray("servers").addObject().put("url", "/");
    document.set("tags", tags());
    ObjectNode paths = document.putObject("paths");
    for (Operation<?, ?> operation : Catalogue.CLIENT_PLANE) {
      paths.putObject("/api/" + operation.name()).set("post", post(operation));
    }
    ObjectNode components = document.putObject("components");
    components.set("schemas", schemas.all().setAll(problemSchema()));
    components.set("responses", JSON.objectNode().set(PROBLEM, problemResponse()));
    components.set("securitySchemes", securitySchemes());
    return document;
  }

  private ObjectNode post(Operation<?, ?> operation) {
    ObjectNode post =
        JSON.objectNode()
            .put("operationId", operation.name())
            .put("summary", operation.summary())
            .put("description", Texts.caller(operation.access()));
    post.putArray("tags").add(tagOf(operation.service()));
    post.set("security", security(operation.access()));
    post.putObject("requestBody")
        .put("required", true)
        .set("content", content("application/json", requestSchema(operation)));
    ObjectNode responses = post.putObject("responses");
    responses
        .putObject("200")
        .put("description", "Done.")
        .set("content", content("application/json", schemas.reference(operation.reply())));
    responses.putObject("default").put("$ref", "#/components/responses/" + PROBLEM);
    return post;
  }

  /** Over HTTP the header X-App-Key may stand for the field. */
  private ObjectNode requestSchema(Operation<?, ?> operation) {
    return operation.access() == Access.APP
        ? schemas.reference(
            operation.request().getSimpleName(), operation.request(), Set.of("app_key"))
        : schemas.reference(operation.request());
  }

  private static ObjectNode content(String mediaType, ObjectNode schema) {
    return JSON.objectNode().set(mediaType, JSON.objectNode().set("schema", schema));
  }

  private static ArrayNode security(Access access) {
    ArrayNode alternatives = JSON.arrayNode();
    switch (access) {
      case USER -> alternatives.addObject().putArray(USER_TOKEN);
      case APP -> {
        alternatives.addObject().putArray(APP_KEY);
        // The key in the body does as well.
        alternatives.addObject();
      }
      default -> {}
    }
    return alternatives;
  }

  private static ObjectNode securitySchemes() {
    ObjectNode schemes = JSON.objectNode();
    schemes
        .putObject(USER_TOKEN)
        .put("type", "http")
        .put("scheme", "bearer")
        .put("bearerFormat", "JWT")
        .put("description", "The user_token of ums.user.login.");
    schemes
        .putObject(APP_KEY)
        .put("type", "apiKey")
        .put("in", "header")
        .put("name", "X-App-Key")
        .put("description", "The app_key of ums.app.register.");
    return schemes;
  }

  /** RFC 9457, with the contract's own members. */
  private static ObjectNode problemSchema() {
    ObjectNode problem = JSON.objectNode().put("type", "object");
    problem.put("description", "What went wrong (RFC 9457).");
    ObjectNode properties = problem.putObject("properties");
    properties.putObject("type").put("type", "string");
    properties.putObject("title").put("type", "string");
    properties.putObject("status").put("type", "integer");
    ArrayNode codes = properties.putObject("code").put("type", "string").putArray("enum");
    List.of(ErrorCode.values()).forEach(code -> codes.add(code.wireName()));
    properties
        .putObject("detail")
        .put("type", "string")
        .put("description", "What is wrong and what to do, for a person.");
    properties
        .putObject("request_id")
        .put("type", "string")
        .put("description", "For asking the operator; the server's log has it.");
    properties
        .putObject("details")
        .put("type", "object")
        .put("description", "Facts for a program, such as retry_after_ms.");
    problem.putArray("required").add("code").add("detail").add("request_id");
    return JSON.objectNode().set(PROBLEM, problem);
  }

  private static ObjectNode problemResponse() {
    ObjectNode response = JSON.objectNode().put("description", Texts.errors());
    response.set(
        "content",
        content(
            "application/problem+json",
            JSON.objectNode().put("$ref", "#/components/schemas/" + PROBLEM)));
    return response;
  }

  private static ArrayNode tags() {
    ArrayNode tags = JSON.arrayNode();
    Catalogue.CLIENT_PLANE.stream()
        .map(Operation::service)
        .distinct()
        .forEach(
            service ->
                tags.addObject()
                    .put("name", tagOf(service))
                    .put("description", Texts.service(service)));
    return tags;
  }

  private static String tagOf(Service service) {
    return service.name().toLowerCase(Locale.ROOT);
  }
}
