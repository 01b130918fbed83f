package chat.jovial.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a proxy says about its clients, and who is believed. */
class BehindProxyTest {
  private static final Map<String, String> FEW_LOGINS =
      Map.of("edge.credential_burst", "3", "edge.credentials_per_second", "1");

  /** More than the slowest machine makes in a second. */
  private static final int LOGINS = 30;

  private EdgeFixture fixture = new EdgeFixture(FEW_LOGINS);

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void clients_behind_a_proxy_are_limited_one_by_one() {
    for (String header : new String[] {"X-Forwarded-For", "Forwarded"}) {
      String guesser = header.equals("Forwarded") ? "for=192.0.2.66" : "192.0.2.66";
      String honest = header.equals("Forwarded") ? "for=\"[2001:db8::7]:1\"" : "198.51.100.7";
      assertThat(refusedOf(header, i -> guesser)).as(header).isPositive();
      assertThat(logIn(header, honest)).as(header).isEqualTo(401);
    }
  }

  @Test
  void a_client_cannot_choose_its_address_in_front_of_a_proxy() {
    assertThat(refusedOf("X-Forwarded-For", i -> "203.0.113." + i + ", 192.0.2.66")).isPositive();
    assertThat(refusedOf("X-Forwarded-For", i -> "203.0.113." + i)).isZero();
  }

  @Test
  void who_is_no_trusted_proxy_is_not_believed() {
    fixture.close();
    Map<String, String> settings = new HashMap<>(FEW_LOGINS);
    settings.put("edge.trusted_proxies", "203.0.113.0/24");
    fixture = new EdgeFixture(settings);
    assertThat(refusedOf("X-Forwarded-For", i -> "203.0.113." + i)).isPositive();
  }

  private long refusedOf(String header, IntFunction<String> clients) {
    return IntStream.range(0, LOGINS)
        .map(i -> logIn(header, clients.apply(i)))
        .filter(status -> status == 429)
        .count();
  }

  @ParameterizedTest
  @CsvSource({
    "chat.example.com, https://chat.example.com, '', 101",
    "chat.example.com:443, https://chat.example.com, '', 101",
    "CHAT.example.com, https://chat.example.com, '', 101",
    "127.0.0.1:8080, https://chat.example.com, chat.example.com, 101",
    "chat.example.com, https://evil.example.net, '', 403",
    "chat.example.com, null, '', 403",
  })
  void web_sockets_open_for_own_pages_only(
      String host, String origin, String forwardedHost, int status) {
    WebSocketConnectOptions options = options().addHeader("Host", host).addHeader("Origin", origin);
    options.addHeader("X-Forwarded-For", "203.0.113.9");
    if (!forwardedHost.isEmpty()) {
      options.addHeader("X-Forwarded-Host", forwardedHost);
    }
    assertThat(statusOf(options)).isEqualTo(status);
  }

  @Test
  void a_forwarded_host_without_a_proxy_opens_nothing() {
    assertThat(
            statusOf(
                options()
                    .addHeader("Host", "chat.example.com")
                    .addHeader("X-Forwarded-Host", "evil.example.net")
                    .addHeader("Origin", "https://evil.example.net")))
        .isEqualTo(403);
  }

  @Test
  void with_allowed_origins_own_pages_may_post_and_foreign_ones_are_forbidden() {
    fixture.close();
    fixture = new EdgeFixture(Map.of("edge.allowed_origins", "https://app.example.com"));
    TestHttp http = new TestHttp(fixture.edge.httpPort());
    String own = "http://" + TransportKind.HOST + ":" + fixture.edge.httpPort();

    TestHttp.Answer ofOwn = verify(http, own);
    TestHttp.Answer ofAllowed = verify(http, "https://app.example.com");
    TestHttp.Answer ofForeign = verify(http, "https://evil.example.net");

    assertThat(ofOwn.json().getString("code")).isEqualTo("not_found");
    assertThat(ofAllowed.header("access-control-allow-origin"))
        .isEqualTo("https://app.example.com");
    assertThat(ofForeign.status()).isEqualTo(403);
    assertThat(ofForeign.json().getString("detail"))
        .contains("https://evil.example.net may not connect", "edge.allowed_origins");
  }

  @Test
  void the_public_url_is_an_own_host_and_clients_receive_it() {
    fixture.close();
    fixture = new EdgeFixture(Map.of("edge.public_url", "https://chat.example.com"));
    assertThat(
            statusOf(
                options()
                    .addHeader("Host", "10.0.0.7:8080")
                    .addHeader("Origin", "https://chat.example.com")))
        .isEqualTo(101);
    try (TestClient client = fixture.connect(TransportKind.TCP)) {
      JsonObject opened =
          client.request(
              "session.open",
              new JsonObject().put("user_token", fixture.tokens.userToken("alice", "device")));
      assertThat(opened.getJsonObject("body").getString("http_url"))
          .isEqualTo("https://chat.example.com");
    }
  }

  private TestHttp.Answer verify(TestHttp http, String origin) {
    return http.ask(
        HttpMethod.POST, "/api/ums.user.verify", "{\"user_token\":\"x\"}", "Origin", origin);
  }

  private int logIn(String header, String client) {
    return new TestHttp(fixture.edge.httpPort())
        .ask(
            HttpMethod.POST,
            "/api/ums.user.login",
            "{\"app_key\":\"k\",\"username\":\"alice\",\"password\":\"wrong\"}",
            header,
            client)
        .status();
  }

  private WebSocketConnectOptions options() {
    return new WebSocketConnectOptions()
        .setHost(TransportKind.HOST)
        .setPort(fixture.edge.httpPort())
        .setURI("/eventbus/websocket");
  }

  private int statusOf(WebSocketConnectOptions options) {
    return fixture
        .clients
        .createWebSocketClient()
        .connect(options)
        .compose(socket -> socket.close().map(101))
        .otherwise(refused -> refused instanceof UpgradeRejectedException e ? e.getStatus() : -1)
        .await();
  }
}
