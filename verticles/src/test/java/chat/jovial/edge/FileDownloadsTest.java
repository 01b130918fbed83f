package chat.jovial.edge;

import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.access.TestTokens;
import chat.jovial.contract.Ids;
import chat.jovial.contract.fss.Chunks;
import chat.jovial.edge.TestHttp.Answer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code GET /files}: who gets what, in which form, and how fast. */
class FileDownloadsTest {
  private static final String ALICE = Ids.text(UUID.randomUUID());
  private static final String BOB = Ids.text(UUID.randomUUID());
  private static final String MALLORY = Ids.text(UUID.randomUUID());
  private static final String CONVERSATION = Ids.directConversation(ALICE, BOB);

  private static final String FILE = "file-1";
  private static final long SIZE = 2L * Chunks.SIZE + 1_000;

  /** So much that neither the kernel nor the server has room for it. */
  private static final long LARGE = 64L * Chunks.SIZE;

  private static EdgeFixture fixture;
  private static TestFiles files;
  private static TestHttp http;

  @BeforeAll
  static void start() {
    fixture =
        new EdgeFixture(
            Map.of(
                "edge.allowed_origins", "https://app.example.com",
                "files.downloads", "8",
                "files.downloads_per_user", "3",
                "files.download_stall_timeout", "1s"));
    files = new TestFiles(fixture.server);
    files.add(FILE, "app", SIZE, "Grüße.png", false);
    files.add("empty", "app", 0, null, false);
    files.add("large", "app", LARGE, null, false);
    files.add("checking", "app", 10, null, true);
    files.add("foreign", "other-app", 10, null, false);
    files.add("broken", "app", LARGE, null, false);
    http = new TestHttp(fixture.edge.httpPort());
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @AfterEach
  void letAllGo() {
    files.release();
    files.failFrom(Integer.MAX_VALUE);
    awaitIdle();
  }

  @Test
  void a_reader_gets_the_whole_file_with_what_belongs_to_it() {
    Answer answer = get(FILE, token(FILE));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(TestFiles.bytes(0, SIZE));
    assertThat(answer.header("content-type")).isEqualTo("image/png");
    assertThat(answer.header("content-length")).isEqualTo(Long.toString(SIZE));
    assertThat(answer.header("etag")).isEqualTo("\"hash-file-1\"");
    assertThat(answer.header("accept-ranges")).isEqualTo("bytes");
    assertThat(answer.header("cache-control")).isEqualTo("private, no-cache");
    assertThat(answer.header("content-disposition"))
        .isEqualTo("inline; filename=\"Gr__e.png\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.png");
    assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.header("content-security-policy")).contains("default-src 'none'", "sandbox");
    assertThat(answer.header("cross-origin-resource-policy")).isEqualTo("same-origin");
  }

  @Test
  void head_says_the_same_without_the_bytes() {
    Answer head = request(HttpMethod.HEAD, path(FILE, token(FILE)), "Range", "bytes=0-1");

    assertThat(head.status()).as("ranges are for GET only").isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("content-length")).isEqualTo(Long.toString(SIZE));
    assertThat(head.header("etag")).isEqualTo("\"hash-file-1\"");
    assertThat(head.header("content-disposition")).startsWith("inline");
  }

  @Test
  void a_file_without_bytes_is_an_empty_answer() {
    Answer answer = get("empty", token("empty"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("content-length")).isEqualTo("0");
    Answer range = get("empty", token("empty"), "Range", "bytes=0-");
    assertThat(range.status()).isEqualTo(416);
    assertThat(range.header("content-range")).isEqualTo("bytes */0");
  }

  @Test
  void active_types_are_attachments_and_so_is_what_is_asked_for_as_such() {
    for (String type : List.of("text/html", "image/svg+xml", "application/xhtml+xml")) {
      Answer answer = get(FILE, sign(claims(FILE).put("mime_type", type)));
      assertThat(answer.header("content-disposition")).as(type).startsWith("attachment");
      assertThat(answer.header("content-type")).isEqualTo(type);
      assertThat(answer.header("content-security-policy")).contains("sandbox");
    }
    Answer script = get(FILE, sign(claims(FILE).put("mime_type", "text/javascript")));
    assertThat(script.header("content-type")).isEqualTo("application/octet-stream");
    Answer asked = request(HttpMethod.GET, path(FILE, token(FILE)) + "&download=1");
    assertThat(asked.header("content-disposition")).startsWith("attachment");
  }

  @Test
  void a_copy_is_used_again_only_by_who_may_read() {
    String etag = get(FILE, token(FILE)).header("etag");
    Answer known = get(FILE, token(FILE), "If-None-Match", etag);
    assertThat(known.status()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
    assertThat(known.header("etag")).isEqualTo(etag);
    String others = sign(claims(FILE).put("grant", users(BOB)));
    assertThat(get(FILE, others, "If-None-Match", etag).status()).isEqualTo(403);
    assertThat(get(FILE, token(FILE), "If-None-Match", "\"x\"").status()).isEqualTo(200);
  }

  @Test
  void one_range_is_sent_as_it_is() {
    long from = Chunks.SIZE - 3;
    Answer answer = get(FILE, token(FILE), "Range", "bytes=" + from + "-" + (from + 5));

    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(TestFiles.bytes(from, from + 6));
    assertThat(answer.header("content-range"))
        .isEqualTo("bytes " + from + "-" + (from + 5) + "/" + SIZE);
    assertThat(answer.header("content-length")).isEqualTo("6");
    Answer tail = get(FILE, token(FILE), "Range", "bytes=-7");
    assertThat(tail.body()).isEqualTo(TestFiles.bytes(SIZE - 7, SIZE));
  }

  @Test
  void several_ranges_are_sent_in_parts() {
    Answer answer = get(FILE, token(FILE), "Range", "bytes=10-12,0-1," + (SIZE - 1) + "-");

    assertThat(answer.status()).isEqualTo(206);
    String type = answer.header("content-type");
    assertThat(type).startsWith("multipart/byteranges; boundary=");
    String boundary = type.substring(type.indexOf('=') + 1);
    assertThat(answer.header("content-length")).isEqualTo(Integer.toString(answer.body().length));
    assertThat(answer.header("content-range")).isEmpty();
    String[] parts = answer.text().split("\r\n--" + boundary);
    assertThat(parts).hasSize(5);
    assertThat(parts[1])
        .isEqualTo(
            "\r\nContent-Type: image/png\r\nContent-Range: bytes 10-12/"
                + SIZE
                + "\r\n\r\n\n\u000b\u000c");
    assertThat(parts[2]).endsWith("bytes 0-1/" + SIZE + "\r\n\r\n\0\u0001");
    assertThat(parts[4]).isEqualTo("--\r\n");
  }

  @Test
  void ranges_beyond_the_end_are_refused_and_thousands_of_tiny_ones_not_followed() {
    Answer beyond = get(FILE, token(FILE), "Range", "bytes=" + SIZE + "-");
    assertThat(beyond.status()).isEqualTo(416);
    assertThat(beyond.header("content-range")).isEqualTo("bytes */" + SIZE);
    assertThat(beyond.header("content-type")).isEqualTo("application/problem+json");
    String tiny =
        IntStream.range(0, 1_000).mapToObj(i -> 2 * i + "-").collect(Collectors.joining(","));
    assertThat(get(FILE, token(FILE), "Range", "bytes=" + tiny).status())
        .as("all overlap")
        .isEqualTo(206);
    String apart =
        IntStream.range(0, 600).mapToObj(i -> 2 * i + "-" + 2 * i).collect(Collectors.joining(","));
    Answer whole = get(FILE, token(FILE), "Range", "bytes=" + apart);
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.body()).hasSize((int) SIZE);
  }

  @Test
  void a_range_of_other_content_is_the_whole_file() {
    assertThat(get(FILE, token(FILE), "Range", "bytes=0-1", "If-Range", "\"old\"").status())
        .isEqualTo(200);
    assertThat(get(FILE, token(FILE), "Range", "bytes=0-1", "If-Range", "\"hash-file-1\"").status())
        .isEqualTo(206);
  }

  @Test
  void without_a_good_user_token_nothing_is_told() {
    String url = path(FILE, token(FILE));
    assertThat(plain(HttpMethod.GET, url).status()).isEqualTo(401);
    assertThat(plain(HttpMethod.GET, path("unknown", "x")).status()).isEqualTo(401);
    JsonObject claims = fixture.tokens.claims(ALICE, "d");
    Map<String, String> bad =
        Map.of(
            "expired", fixture.tokens.sign(claims.copy().put("exp", now() - 1)),
            "for another audience", fixture.tokens.sign(claims.copy().put("aud", "app")),
            "of another issuer", fixture.tokens.sign(claims.copy().put("iss", "evil")),
            "a file_token", token(FILE),
            "nothing", "",
            "nonsense", "a.b.c",
            "unsigned", unsigned(claims),
            "of another key", new TestTokens(fixture.server, "key-1").sign(claims));
    bad.forEach(
        (what, token) ->
            assertThat(plain(HttpMethod.GET, url, "Authorization", "Bearer " + token).status())
                .as(what)
                .isEqualTo(401));
    assertThat(plain(HttpMethod.GET, url, "Authorization", "Basic eDp5").status()).isEqualTo(401);
  }

  static Stream<Arguments> badTokens() {
    String genuine = token(FILE);
    JsonObject claims = claims(FILE);
    return Stream.of(
        Arguments.of("none", null),
        Arguments.of("empty", ""),
        Arguments.of("nonsense", "x"),
        Arguments.of("too long", "x.".repeat(7_000)),
        Arguments.of("for another file", token("empty")),
        Arguments.of("of another app", sign(claims.copy().put("app_id", "other-app"))),
        Arguments.of("expired", sign(claims.copy().put("exp", now()))),
        Arguments.of("without expiry", sign(without("exp"))),
        Arguments.of("without grant", sign(without("grant"))),
        Arguments.of("without access", sign(without("access"))),
        Arguments.of("without type", sign(without("mime_type"))),
        Arguments.of("of other access", sign(claims.copy().put("access", array("write")))),
        Arguments.of("for another audience", sign(claims.copy().put("aud", "user"))),
        Arguments.of("for two audiences", sign(claims.copy().put("aud", array("file", "user")))),
        Arguments.of("of another issuer", sign(claims.copy().put("iss", "evil"))),
        Arguments.of("a user_token", fixture.tokens.userToken(ALICE, "d")),
        Arguments.of("algorithm none", unsigned(claims)),
        Arguments.of(
            "algorithm none, old signature",
            unsigned(claims) + genuine.substring(genuine.lastIndexOf('.') + 1)),
        Arguments.of("not signed", genuine.substring(0, genuine.lastIndexOf('.') + 1)),
        Arguments.of("other claims", swapped(genuine, claims.copy().put("file_id", FILE))),
        Arguments.of("of another key", new TestTokens(fixture.server, "key-1").sign(claims)),
        Arguments.of("of an unknown key", new TestTokens(fixture.server, "key-9").sign(claims)),
        Arguments.of("for others", sign(claims.copy().put("grant", users(BOB, MALLORY)))),
        Arguments.of(
            "for another conversation",
            sign(
                claims
                    .copy()
                    .put(
                        "grant",
                        new JsonObject()
                            .put("conversation_id", Ids.directConversation(BOB, MALLORY))))),
        Arguments.of(
            "for a conversation that is none",
            sign(claims.copy().put("grant", new JsonObject().put("conversation_id", ALICE)))),
        Arguments.of(
            "for a space",
            sign(claims.copy().put("grant", new JsonObject().put("space_id", "space")))),
        Arguments.of(
            "for the app or not",
            sign(claims.copy().put("grant", new JsonObject().put("app", false)))),
        Arguments.of(
            "for all at once", sign(claims.copy().put("grant", users(ALICE).put("app", true)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badTokens")
  void a_bad_file_token_is_forbidden(String what, String token) {
    Answer answer = get(FILE, token);
    assertThat(answer.status()).as(answer.text()).isEqualTo(403);
    assertThat(answer.text()).contains("\"code\":\"forbidden\"");
    assertThat(get(FILE + "/thumbnail", token).status()).isEqualTo(403);
    assertThat(request(HttpMethod.HEAD, path(FILE, token)).status()).isEqualTo(403);
  }

  @Test
  void a_grant_lets_those_read_whom_it_names() {
    String forBoth = sign(claims(FILE).put("grant", users(BOB, ALICE)));
    String forMembers =
        sign(claims(FILE).put("grant", new JsonObject().put("conversation_id", CONVERSATION)));
    String forApp = sign(claims(FILE).put("grant", new JsonObject().put("app", true)));
    for (String reader : List.of(ALICE, BOB)) {
      assertThat(statusFor(reader, forBoth)).isEqualTo(206);
      assertThat(statusFor(reader, forMembers)).isEqualTo(206);
      assertThat(statusFor(reader, forApp)).isEqualTo(206);
    }
    assertThat(statusFor(MALLORY, forBoth)).isEqualTo(403);
    assertThat(statusFor(MALLORY, forMembers)).isEqualTo(403);
    assertThat(statusFor(MALLORY, forApp)).isEqualTo(206);
  }

  @Test
  void a_token_that_names_very_many_users_fits_into_the_request() {
    JsonArray many = new JsonArray().add(ALICE);
    IntStream.range(0, 255).forEach(i -> many.add(Ids.text(UUID.randomUUID())));
    String token = sign(claims(FILE).put("grant", new JsonObject().put("user_ids", many)));
    assertThat(get(FILE, token).status()).isEqualTo(200);
  }

  @Test
  void unknown_files_and_those_of_other_apps_are_not_found() {
    assertThat(get("unknown", token("unknown")).status()).isEqualTo(404);
    assertThat(get("unknown", token(FILE)).status()).isEqualTo(404);
    assertThat(get("foreign", token("foreign")).status()).isEqualTo(404);
    assertThat(get("foreign", sign(claims("foreign").put("app_id", "other-app"))).status())
        .isEqualTo(404);
    assertThat(get("a%2Fb", token(FILE)).status()).isEqualTo(404);
    assertThat(get("x".repeat(65), token(FILE)).status()).isEqualTo(404);
  }

  @Test
  void what_a_scanner_has_not_passed_is_not_readable_yet() {
    Answer answer = get("checking", token("checking"));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isEqualTo("2");
  }

  @Test
  void previews_are_under_the_same_rules() {
    Answer answer = get(FILE + "/thumbnail", token(FILE));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("image/png");
    assertThat(answer.body()).containsExactly(1, 2, 3);
    assertThat(answer.header("content-security-policy")).contains("sandbox");
    Answer again = get(FILE + "/thumbnail", token(FILE), "If-None-Match", answer.header("etag"));
    assertThat(again.status()).isEqualTo(304);
    assertThat(get(FILE, token(FILE), "If-None-Match", answer.header("etag")).status())
        .as("it is not the tag of the file itself")
        .isEqualTo(200);
  }

  @Test
  void the_cookie_opens_files_for_reading_and_nothing_else() {
    Answer given = request(HttpMethod.POST, "/files/cookie");
    assertThat(given.status()).isEqualTo(204);
    String cookie = given.header("set-cookie");
    assertThat(cookie)
        .startsWith("jovial_files=")
        .contains("Path=/files", "HTTPOnly", "SameSite=Strict")
        .doesNotContain("Secure");
    long maxAge = Long.parseLong(cookie.replaceFirst(".*Max-Age=(\\d+).*", "$1"));
    assertThat(maxAge).isBetween(800L, 900L);
    String shown = cookie.substring(0, cookie.indexOf(';'));

    Answer read = plain(HttpMethod.GET, path(FILE, token(FILE)), "Cookie", shown);
    assertThat(read.status()).isEqualTo(200);
    for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.PATCH, HttpMethod.DELETE)) {
      for (String path : List.of("/files", "/files/tus", "/files/tus/x", "/files/" + FILE)) {
        assertThat(plain(method, path, "Cookie", shown, "Tus-Resumable", "1.0.0").status())
            .as(method + " " + path)
            .isNotEqualTo(200)
            .isBetween(400, 499);
      }
    }
    assertThat(plain(HttpMethod.POST, "/files/cookie", "Cookie", shown).status()).isEqualTo(401);
    assertThat(plain(HttpMethod.POST, "/api/fss.file.get", "Cookie", shown).status())
        .isEqualTo(401);
    assertThat(plain(HttpMethod.GET, path(FILE, token(FILE)), "Cookie", "jovial_files=x").status())
        .isEqualTo(401);
  }

  @Test
  void behind_https_the_cookie_is_for_https_only() {
    Answer given = request(HttpMethod.POST, "/files/cookie", "Origin", "https://app.example.com");
    assertThat(given.header("set-cookie")).contains("Secure");
    assertThat(
            request(HttpMethod.POST, "/files/cookie", "X-Forwarded-Proto", "https")
                .header("set-cookie"))
        .contains("Secure");
  }

  @Test
  void the_cookie_is_given_for_good_tokens_only_and_can_be_removed() {
    assertThat(plain(HttpMethod.POST, "/files/cookie").status()).isEqualTo(401);
    Answer removed = plain(HttpMethod.DELETE, "/files/cookie");
    assertThat(removed.status()).isEqualTo(204);
    assertThat(removed.header("set-cookie")).contains("jovial_files=;", "Max-Age=0", "Path=/files");
  }

  @Test
  void the_cookie_of_an_ended_session_is_worth_nothing() {
    String token = fixture.tokens.userToken(ALICE, "ended");
    String url = path(FILE, token(FILE));
    assertThat(plain(HttpMethod.GET, url, "Cookie", "jovial_files=" + token).status())
        .isEqualTo(200);
    fixture.services.endSilently(
        new chat.jovial.contract.ums.SessionEnded("session-ended", ALICE, "test"));
    await("the cookie of the ended session is refused")
        .until(
            () -> plain(HttpMethod.GET, url, "Cookie", "jovial_files=" + token).status(),
            status -> status == 401);
  }

  @Test
  void pages_from_elsewhere_may_read_if_they_are_allowed() {
    Answer answer =
        get(FILE, token(FILE), "Origin", "https://app.example.com", "Range", "bytes=0-1");
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://app.example.com");
    assertThat(answer.header("access-control-expose-headers")).contains("content-range");
    assertThat(answer.header("access-control-allow-credentials")).isEmpty();
  }

  @Test
  void no_more_than_four_chunks_are_asked_for_ahead_of_a_reader() {
    int before = files.chunksAsked();
    try (SlowReader reader = new SlowReader(path("large", token("large")))) {
      await("the first chunk is read").until(() -> files.chunksAsked() > before);
      await("the download is counted as stalled")
          .until(
              () -> fixture.registry.get("jovial.files.downloads.stalled").counter().count() > 0);
      // What the kernel took, what waits in the server, and four.
      assertThat(files.chunksAsked() - before).isLessThan((int) (LARGE / Chunks.SIZE) / 2);
      await("the stalled reader is closed").until(reader::isClosed);
    }
    awaitIdle();
  }

  @Test
  void a_fast_reader_has_four_chunks_ahead() {
    files.hold();
    CompletableFuture<Answer> answer =
        http.send(
            HttpMethod.GET,
            path("large", token("large")),
            "",
            "Authorization",
            "Bearer " + fixture.tokens.userToken(ALICE, "d"));
    AtomicInteger most = new AtomicInteger();
    await("the whole file is received")
        .until(
            () -> {
              most.accumulateAndGet(files.held(), Math::max);
              files.answerOne();
              return answer.isDone();
            });
    assertThat(most).hasValue(4);
    assertThat(answer.join().body()).isEqualTo(TestFiles.bytes(0, LARGE));
  }

  @Test
  void a_reader_who_goes_away_stops_the_reads() {
    files.hold();
    int before = files.chunksAsked();
    try (SlowReader reader = new SlowReader(path("large", token("large")))) {
      await("two reads of chunks are pending").until(() -> files.held(), held -> held == 2);
    }
    awaitIdle();
    files.release();
    assertThat(files.chunksAsked() - before).isEqualTo(2);
  }

  @Test
  void one_user_has_only_so_many_downloads_at_once() {
    files.hold();
    List<SlowReader> readers = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      int expected = i;
      readers.add(new SlowReader(path("large", token("large"))));
      await(expected + " downloads are running")
          .until(() -> fixture.gauge("jovial.files.downloads"), running -> running == expected);
    }
    Answer refused = get(FILE, token(FILE));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("retry-after")).isEqualTo("2");
    readers.forEach(SlowReader::close);
    awaitIdle();
    files.release();
    assertThat(get(FILE, token(FILE)).status()).isEqualTo(200);
  }

  @Test
  void a_store_that_fails_at_once_is_told_and_later_on_breaks_off() {
    files.failFrom(0);
    assertThat(get("broken", token("broken")).status()).isEqualTo(410);
    files.failFrom(3);
    AtomicLong received = new AtomicLong();
    AtomicBoolean closed = new AtomicBoolean();
    NetSocket socket = connect();
    socket.closeHandler(gone -> closed.set(true));
    socket.handler(bytes -> received.addAndGet(bytes.length()));
    send(socket, path("broken", token("broken")));
    await("the server closes the connection").until(closed::get);
    assertThat(received.get()).isBetween(1L, LARGE - 1);
    files.failFrom(Integer.MAX_VALUE);
    awaitIdle();
  }

  /** Asks for a file and reads nothing of it. */
  private static final class SlowReader implements AutoCloseable {
    private final NetSocket socket = connect();
    private volatile boolean closed;

    SlowReader(String path) {
      socket.closeHandler(gone -> closed = true);
      socket.exceptionHandler(gone -> closed = true);
      socket.pause();
      send(socket, path);
    }

    /** Who reads nothing learns of the end when they go on. */
    boolean isClosed() {
      socket.handler(bytes -> {});
      socket.resume();
      return closed;
    }

    @Override
    public void close() {
      socket.close().await();
    }
  }

  private static NetSocket connect() {
    return fixture
        .clients
        .createNetClient()
        .connect(fixture.edge.httpPort(), TransportKind.HOST)
        .await();
  }

  private static void send(NetSocket socket, String path) {
    socket
        .write(
            "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(path, fixture.tokens.userToken(ALICE, "d")))
        .await();
  }

  private static void awaitIdle() {
    await("no download is running")
        .until(() -> fixture.gauge("jovial.files.downloads"), running -> running == 0);
  }

  private static int statusFor(String userId, String token) {
    return plain(
            HttpMethod.GET,
            path(FILE, token),
            "Authorization",
            "Bearer " + fixture.tokens.userToken(userId, "d"),
            "Range",
            "bytes=0-1")
        .status();
  }

  private static JsonObject claims(String fileId) {
    return new JsonObject()
        .put("iss", "jovial")
        .put("aud", "file")
        .put("sub", BOB)
        .put("app_id", "app")
        .put("file_id", fileId)
        .put("access", array("read"))
        .put("mime_type", "image/png")
        .put("grant", users(ALICE))
        .put("iat", now())
        .put("exp", now() + 600);
  }

  private static JsonObject without(String claim) {
    JsonObject claims = claims(FILE);
    claims.remove(claim);
    return claims;
  }

  private static JsonObject users(String... userIds) {
    return new JsonObject().put("user_ids", array(userIds));
  }

  private static JsonArray array(String... values) {
    return new JsonArray(List.of(values));
  }

  private static String token(String fileId) {
    return sign(claims(fileId));
  }

  private static String sign(JsonObject claims) {
    return fixture.tokens.sign(claims);
  }

  private static String unsigned(JsonObject claims) {
    return base64(new JsonObject().put("alg", "none").put("kid", fixture.tokens.keyId()))
        + "."
        + base64(claims)
        + ".";
  }

  /** The signature stays, what it is for does not. */
  private static String swapped(String token, JsonObject claims) {
    String[] parts = token.split("\\.");
    return parts[0] + "." + base64(claims.put("exp", now() + 999)) + "." + parts[2];
  }

  private static String base64(JsonObject json) {
    return java.util.Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.toBuffer().getBytes());
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  private static String path(String file, String token) {
    return "/files/" + file + (token == null ? "" : "?token=" + token);
  }

  private static Answer get(String file, String token, String... headers) {
    return request(HttpMethod.GET, path(file, token), headers);
  }

  private static Answer request(HttpMethod method, String path, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Authorization";
    all[1] = "Bearer " + fixture.tokens.userToken(ALICE, "d");
    return plain(method, path, all);
  }

  private static Answer plain(HttpMethod method, String path, String... headers) {
    return http.ask(method, path, "", headers);
  }
}
