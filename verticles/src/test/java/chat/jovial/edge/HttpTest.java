package chat.jovial.edge;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Ids;
import chat.jovial.edge.TestHttp.Answer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP API and what else is served over HTTP. */
class HttpTest {
  private static final String ALICE = Ids.text(UUID.randomUUID());
  private static final String BOB = Ids.text(UUID.randomUUID());
  private static final int MAX_BODY = 4096;

  private static EdgeFixture fixture;
  private static TestHttp http;

  @BeforeAll
  static void start() {
    fixture =
        new EdgeFixture(
            Map.of(
                "edge.max_frame_bytes", Integer.toString(MAX_BODY),
                "edge.allowed_origins", "https://app.example.com",
                "edge.credential_burst", "5",
                "edge.credentials_per_second", "1"));
    http = new TestHttp(fixture.edge.httpPort());
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void an_operation_is_a_post_with_a_bearer_token() {
    Answer stored =
        post(
            "/api/mds.send",
            TestClient.text(BOB, "hello").encode(),
            "Authorization",
            "Bearer " + fixture.tokens.userToken(ALICE, "http"));

    assertThat(stored.status()).as(stored.text()).isEqualTo(200);
    assertThat(stored.json().getString("conversation_id"))
        .isEqualTo(Ids.directConversation(ALICE, BOB));
    assertThat(stored.header("cache-control")).isEqualTo("no-store");
  }

  @Test
  void errors_are_problems_that_name_the_request() {
    Answer answer = post("/api/mds.send", TestClient.text(BOB, "hello").encode());

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
    assertThat(answer.json().getString("code")).isEqualTo("unauthenticated");
    assertThat(answer.json().getString("detail")).contains("user_token");
    assertThat(answer.json().getString("request_id")).isNotBlank();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no.such.operation | {}         | 404 | not_found       | no operation",
        "ums.keys.public   | {}         | 404 | not_found       | no operation",
        "ums.user.verify   | {          | 400 | invalid_request | not well-formed JSON",
        "ums.user.verify   | []         | 400 | invalid_request | object",
        "ums.user.verify   | {} {}      | 400 | invalid_request | must be a JSON object",
        "ums.user.verify   | ``         | 400 | invalid_request | user_token",
        "mds.send          | {`to`: 7}  | 400 | invalid_request | to has the wrong type"
      })
  void a_bad_request_says_what_is_wrong_with_it(
      String operation, String body, int status, String code, String detail) {
    Answer answer =
        post(
            "/api/" + operation,
            body.replace('`', '"'),
            "Authorization",
            "Bearer " + fixture.tokens.userToken(ALICE, "http"));

    assertProblem(answer, status, code, detail);
  }

  @Test
  void another_scheme_than_bearer_is_refused() {
    assertProblem(
        post("/api/mds.send", "{}", "Authorization", "Basic abc"),
        401,
        "unauthenticated",
        "Bearer");
  }

  @Test
  void a_body_that_is_too_large_or_too_deep_is_refused() {
    assertProblem(
        post("/api/ums.user.verify", " ".repeat(MAX_BODY + 1)), 413, "too_large", "too large");
    assertThat(post("/api/ums.user.verify", "[".repeat(1000)).status()).isEqualTo(400);
  }

  @Test
  void an_operation_is_not_read_by_get() {
    assertProblem(request(HttpMethod.GET, "/api/mds.send", ""), 405, "invalid_request", "use POST");
  }

  @Test
  void logins_from_one_address_are_limited_and_told_when_to_come_back() {
    String login = "{\"username\":\"alice\",\"password\":\"wrong\"}";
    Answer answer = post("/api/ums.user.login", login, "X-App-Key", "key");
    assertThat(answer.status()).isEqualTo(401);
    for (int i = 0; i < 20 && answer.status() == 401; i++) {
      answer = post("/api/ums.user.login", login, "X-App-Key", "key");
    }

    assertProblem(answer, 429, "rate_limited", "too many logins");
    assertThat(answer.json().getJsonObject("details").getLong("retry_after_ms")).isPositive();
    assertThat(answer.header("retry-after")).isEqualTo("1");
  }

  @Test
  void the_web_app_comes_with_a_policy_that_lets_no_inline_script_run() {
    Answer page = request(HttpMethod.GET, "/", "");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("content-security-policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
        .contains("frame-ancestors 'none'")
        .contains("img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'")
        .contains("connect-src 'self' ws://127.0.0.1:" + fixture.edge.httpPort())
        .doesNotContain("unsafe");
    assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(page.header("cache-control")).isEqualTo("no-cache");
    Answer again = request(HttpMethod.GET, "/", "", "If-None-Match", page.header("etag"));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void webjars_are_cached_for_good() {
    Answer script = request(HttpMethod.GET, "/webjars/lit/3.3.2/index.js", "");

    assertThat(script.status()).isEqualTo(200);
    assertThat(script.header("content-type")).startsWith("text/javascript");
    assertThat(script.header("cache-control")).contains("immutable");
  }

  @Test
  void the_kit_is_served_from_where_it_lies() {
    Answer module = request(HttpMethod.GET, "/kit/index.js", "");

    assertThat(module.status()).isEqualTo(200);
    assertThat(module.header("content-type")).startsWith("text/javascript");
    assertThat(module.header("cache-control")).isEqualTo("no-cache");
    assertThat(module.text()).contains("export async function connect");
  }

  @Test
  void nothing_outside_the_webroot_can_be_had() {
    for (String path :
        new String[] {
          "/../pom.xml",
          "/..%2fpom.xml",
          "/%2e%2e/pom.xml",
          "/js/../../pom.xml",
          "/.git/config",
          "/webjars/../../../logback.xml",
          "/webjars/..%2f..%2f..%2fchat/jovial/edge/Edge.class",
          "/webjars/",
          "/kit/",
          "/kit/../package.json",
          "/kit/%2e%2e/package.json",
          "/kit//etc/hostname",
          "/js",
          "/no-such-page",
          "/eventbus/iframe.html",
          "/eventbus/chunking_test",
          "/eventbus/000/session1/xhr",
        }) {
      Answer answer = request(HttpMethod.GET, path, "");

      assertThat(answer.status()).as(path).isIn(400, 404);
      assertThat(answer.header("content-security-policy")).as(path).contains("default-src 'none'");
    }
  }

  @Test
  void keys_documentation_and_the_sockjs_info_are_served() {
    JsonObject keys = request(HttpMethod.GET, "/.well-known/jwks.json", "").json();
    assertThat(keys.getJsonArray("keys").getJsonObject(0).getString("kid"))
        .isEqualTo(fixture.tokens.keyId());
    assertThat(request(HttpMethod.GET, "/openapi.json", "").header("content-type"))
        .isEqualTo("application/json");
    assertThat(request(HttpMethod.GET, "/docs", "").header("content-type")).startsWith("text/html");
    assertThat(request(HttpMethod.GET, "/eventbus/info", "").json().getBoolean("websocket"))
        .isTrue();
  }

  @Test
  void pages_from_elsewhere_may_not_connect_unless_they_are_allowed() {
    String own = "http://127.0.0.1:" + fixture.edge.httpPort();
    for (String path : new String[] {"/eventbus/websocket", "/eventbus/0/s/websocket"}) {
      assertThat(upgradeStatus(path, null)).isEqualTo(101);
      assertThat(upgradeStatus(path, own)).isEqualTo(101);
      assertThat(upgradeStatus(path, "https://app.example.com")).isEqualTo(101);
      assertThat(upgradeStatus(path, "https://evil.example.com")).isEqualTo(403);
      assertThat(upgradeStatus(path, "null")).isEqualTo(403);
    }
  }

  private static int upgradeStatus(String path, @Nullable String origin) {
    int port = fixture.edge.httpPort();
    String host = TransportKind.HOST + ":" + port;
    return origin == null
        ? TestHttp.upgradeStatus(port, path, "Host", host)
        : TestHttp.upgradeStatus(port, path, "Host", host, "Origin", origin);
  }

  private static void assertProblem(Answer answer, int status, String code, String detail) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().getString("code")).isEqualTo(code);
    assertThat(answer.json().getString("detail")).contains(detail);
  }

  private static Answer post(String path, String body, String... headers) {
    return request(HttpMethod.POST, path, body, headers);
  }

  private static Answer request(HttpMethod method, String path, String body, String... headers) {
    return http.ask(method, path, body, headers);
  }
}
