package chat.jovial.server;

import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.config.Settings;
import chat.jovial.contract.Ids;
import chat.jovial.images.TestImages;
import chat.jovial.server.launch.JovialServer;
import chat.jovial.stores.StoresExtension;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files on their way out: tokens, reading and previews, from a whole server on its real stores. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DownloadIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private static final int CHUNK = 512 * 1024;
  private static final String OCTETS = "application/octet-stream";

  /** A user of some app. */
  private record Person(String id, String token) {}

  private final HttpClient client = HttpClient.newHttpClient();

  /** By user id. */
  private final Map<String, JsonObject> credentials = new HashMap<>();

  private JovialServer server;
  private Api api;
  private Person ann;
  private Person bob;
  private Person mallory;
  private Person stranger;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Map<String, String> settings = STORES.settings(folder);
    settings.put("fss.preview_max_megapixels", "2");
    server =
        JovialServer.start(Settings.of(settings))
            .toCompletionStage()
            .toCompletableFuture()
            .get(3, TimeUnit.MINUTES);
    api = new Api(server.httpPort());
    String app = app("Files");
    ann = person(app, "ann");
    bob = person(app, "bob");
    mallory = person(app, "mallory");
    stranger = person(app("Other"), "stranger");
  }

  @AfterAll
  void stop() throws Exception {
    server.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  @Test
  void a_film_in_a_conversation_plays_for_its_members_from_any_point() {
    byte[] film = random(5 * CHUNK + 123);
    String file = upload(film, "?name=film.bin&user_id=" + bob.id());
    String token = token(ann, file, forConversation(ann, bob));

    for (Person member : List.of(ann, bob)) {
      HttpResponse<byte[]> whole = get(member, file, token);
      assertThat(whole.statusCode()).isEqualTo(200);
      assertThat(whole.body()).isEqualTo(film);
      assertThat(header(whole, "etag")).contains(Uploader.hash(film));
      int from = 3 * CHUNK - 10;
      HttpResponse<byte[]> part = get(member, file, token, "Range", "bytes=" + from + "-");
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).isEqualTo(Arrays.copyOfRange(film, from, film.length));
    }
    assertThat(get(mallory, file, token).statusCode()).isEqualTo(403);
    assertThat(get(stranger, file, token).statusCode()).isEqualTo(404);
    String foreign = upload(stranger, random(10), "");
    assertThat(get(ann, foreign, token).statusCode()).isEqualTo(404);
    HttpResponse<byte[]> head =
        send(
            request(ann, "/files/" + file + "?token=" + token)
                .method("HEAD", BodyPublishers.noBody()));
    assertThat(header(head, "content-length")).isEqualTo(Integer.toString(film.length));
  }

  @Test
  void members_renew_the_token_of_a_conversation_and_others_make_none() {
    String file = upload(random(10), "?user_id=" + bob.id());
    JsonObject members = forConversation(ann, bob);
    assertThat(get(bob, file, token(bob, file, members)).statusCode()).isEqualTo(200);
    assertRefused(create(bob, file, users(bob)), 404);
    assertRefused(create(bob, file, new JsonObject().put("app", true)), 404);
    assertRefused(create(bob, file, forConversation(bob, mallory)), 404);
    assertRefused(create(mallory, file, members), 404);
    assertRefused(create(stranger, file, members), 404);
    assertRefused(create(ann, "unknown", members), 404);
    assertRefused(create(ann, file, forConversation(bob, mallory)), 403);
    assertRefused(create(ann, file, new JsonObject().put("space_id", "s")), 404);
    assertThat(get(mallory, file, token(ann, file, users(mallory))).statusCode()).isEqualTo(200);
    assertThat(get(mallory, file, token(ann, file, forConversation(ann, mallory))).statusCode())
        .isEqualTo(200);
  }

  @Test
  void what_is_asked_for_a_token_is_checked() {
    String file = upload(random(10), "");
    assertRefused(create(ann, file, new JsonObject()), 400);
    assertRefused(create(ann, file, users(bob).put("app", true)), 400);
    assertRefused(create(ann, file, new JsonObject().put("app", false)), 400);
    assertRefused(create(ann, file, new JsonObject().put("user_ids", new JsonArray())), 400);
    assertRefused(
        create(ann, file, new JsonObject().put("user_ids", new JsonArray().add("bob"))), 400);
    JsonObject request = tokenRequest(file, users(bob));
    assertRefused(call(ann, request.copy().put("access", new JsonArray().add("write"))), 400);
    assertRefused(call(ann, request.copy().put("access", new JsonArray())), 400);
    assertRefused(call(ann, request.copy().put("expires_in", 0)), 400);
    assertRefused(call(ann, request.copy().put("expires_in", 31 * 86_400)), 400);
    assertRefused(api.call("fss.token.create", request, null), 401);
    JsonObject short1 = call(ann, request.copy().put("expires_in", 60)).body();
    assertThat(java.time.Instant.parse(short1.getString("expires_at")))
        .isBefore(java.time.Instant.now().plusSeconds(61));
    String token = short1.getString("file_token");
    assertThat(
            api.call("ums.user.verify", new JsonObject().put("user_token", token), null)
                .body()
                .getBoolean("valid"))
        .as("it is no user_token")
        .isFalse();
    assertThat(
            api.call("fss.file.get", new JsonObject().put("file_id", file), bob.token()).status())
        .isEqualTo(404);
    JsonObject withToken = new JsonObject().put("file_id", file).put("file_token", token);
    assertThat(api.call("fss.file.get", withToken, bob.token()).status()).isEqualTo(200);
    assertThat(api.call("fss.file.get", withToken, mallory.token()).status()).isEqualTo(404);
  }

  @Test
  void the_cookie_reads_as_the_bearer_does_until_the_session_ends() {
    String file = upload(random(10), "");
    String token = token(ann, file, users(mallory));
    HttpResponse<byte[]> given =
        send(request(mallory, "/files/cookie").POST(BodyPublishers.noBody()));
    String cookie = header(given, "set-cookie").split(";")[0];
    HttpRequest.Builder read =
        HttpRequest.newBuilder(uri("/files/" + file + "?token=" + token)).header("Cookie", cookie);
    assertThat(send(read.copy()).statusCode()).isEqualTo(200);
    api.ok("ums.user.logout", new JsonObject(), mallory.token());
    await("the cookie of the ended session is refused")
        .until(() -> send(read.copy()).statusCode(), status -> status == 401);
    mallory = loggedIn(mallory);
  }

  @Test
  void a_deleted_file_is_gone_and_so_is_its_preview() {
    String file = upload(TestImages.of("png", 600, 300, false), "?name=a.png");
    String token = token(ann, file, users(ann));
    assertThat(get(ann, file + "/thumbnail", token).statusCode()).isEqualTo(200);
    api.ok("fss.file.delete", new JsonObject().put("file_id", file), ann.token());
    assertThat(get(ann, file, token).statusCode()).isEqualTo(404);
    assertThat(get(ann, file + "/thumbnail", token).statusCode()).isEqualTo(404);
  }

  @Test
  void images_have_a_size_and_a_preview_that_is_made_once() {
    byte[] jpeg = TestImages.turned(TestImages.of("jpeg", 1_200, 800, false), 6);
    JsonObject info = uploaded(ann, jpeg, "?name=photo.jpg");
    assertThat(info.getInteger("width")).isEqualTo(800);
    assertThat(info.getInteger("height")).isEqualTo(1_200);
    String file = info.getString("file_id");
    String token = token(ann, file, users(bob));
    HttpResponse<byte[]> first = get(bob, file + "/thumbnail", token);
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(header(first, "content-type")).isEqualTo("image/jpeg");
    BufferedImage preview = TestImages.read(first.body());
    assertThat(preview.getWidth()).isEqualTo(320);
    assertThat(preview.getHeight()).isEqualTo(480);
    assertThat(get(bob, file + "/thumbnail", token).body()).isEqualTo(first.body());
    assertThat(get(mallory, file + "/thumbnail", token).statusCode()).isEqualTo(403);
  }

  @Test
  void of_hostile_images_and_of_what_is_none_there_is_no_preview() {
    byte[] png = TestImages.of("png", 30, 30, false);
    assertNoPreview(TestImages.claiming(png, 60_000, 60_000));
    assertNoPreview(TestImages.claiming(png, 1_000, 1_000));
    assertNoPreview(Arrays.copyOf(png, png.length / 2));
    assertNoPreview("<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes());
    assertNoPreview(random(1_000));
  }

  @Test
  void a_page_that_somebody_uploads_does_not_run_here() {
    byte[] page = "<!DOCTYPE html><html><script>alert(1)</script></html>".getBytes();
    String file = upload(page, "?name=cat.png");
    HttpResponse<byte[]> answer = get(ann, file, token(ann, file, users(ann)));
    assertThat(header(answer, "content-type")).isEqualTo("text/html");
    assertThat(header(answer, "content-disposition")).isEqualTo("attachment; filename=\"cat.png\"");
    assertThat(header(answer, "content-security-policy")).contains("sandbox");
    assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
  }

  private void assertNoPreview(byte[] image) {
    String file = upload(image, "");
    String token = token(ann, file, users(ann));
    for (int i = 0; i < 2; i++) {
      HttpResponse<byte[]> answer = get(ann, file + "/thumbnail", token);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(new String(answer.body())).contains("no preview can be made");
    }
    assertThat(get(ann, file, token).body()).isEqualTo(image);
  }

  private static void assertRefused(Api.Answer answer, int status) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
  }

  private String token(Person giver, String file, JsonObject grant) {
    Api.Answer answer = create(giver, file, grant);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer.body().getString("file_token");
  }

  private Api.Answer create(Person giver, String file, JsonObject grant) {
    return call(giver, tokenRequest(file, grant));
  }

  private Api.Answer call(Person giver, JsonObject request) {
    return api.call("fss.token.create", request, giver.token());
  }

  private static JsonObject tokenRequest(String file, JsonObject grant) {
    return new JsonObject()
        .put("file_id", file)
        .put("access", new JsonArray().add("read"))
        .put("grant", grant);
  }

  private static JsonObject forConversation(Person one, Person other) {
    return new JsonObject().put("conversation_id", Ids.directConversation(one.id(), other.id()));
  }

  private static JsonObject users(Person... people) {
    JsonArray ids = new JsonArray();
    Arrays.stream(people).forEach(person -> ids.add(person.id()));
    return new JsonObject().put("user_ids", ids);
  }

  private String upload(byte[] bytes, String query) {
    return upload(ann, bytes, query);
  }

  private String upload(Person person, byte[] bytes, String query) {
    return uploaded(person, bytes, query).getString("file_id");
  }

  private JsonObject uploaded(Person person, byte[] bytes, String query) {
    HttpResponse<String> posted =
        new Uploader(server.httpPort(), person.token())
            .post(query, OCTETS, BodyPublishers.ofByteArray(bytes));
    assertThat(posted.statusCode()).as(posted.body()).isEqualTo(201);
    return Uploader.json(posted);
  }

  private String app(String name) {
    return api.ok("ums.app.register", new JsonObject().put("name", name), null)
        .getString("app_key");
  }

  private Person person(String appKey, String name) {
    JsonObject person =
        new JsonObject()
            .put("app_key", appKey)
            .put("password", "correct horse")
            .put("username", name);
    api.ok("ums.user.register", person, null);
    JsonObject in = api.ok("ums.user.login", person, null);
    credentials.put(in.getString("user_id"), person);
    return new Person(in.getString("user_id"), in.getString("user_token"));
  }

  private Person loggedIn(Person person) {
    JsonObject in =
        api.ok("ums.user.login", Objects.requireNonNull(credentials.get(person.id())), null);
    return new Person(person.id(), in.getString("user_token"));
  }

  private HttpResponse<byte[]> get(Person reader, String file, String token, String... headers) {
    HttpRequest.Builder request = request(reader, "/files/" + file + "?token=" + token);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  private HttpRequest.Builder request(Person reader, String path) {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + reader.token());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.httpPort() + path);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return client.send(request.timeout(Api.PATIENCE).build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
