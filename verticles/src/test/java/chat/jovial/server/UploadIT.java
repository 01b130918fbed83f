package chat.jovial.server;

import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.config.Settings;
import chat.jovial.server.launch.JovialServer;
import chat.jovial.stores.StoresExtension;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files on their way in, over HTTP, to a whole server on its real stores. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private static final int CHUNK = 512 * 1024;
  private static final String OCTETS = "application/octet-stream";
  private static final byte[] PNG = {
    (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'
  };

  private JovialServer server;
  private Api api;
  private Uploader ann;
  private String annToken;
  private String bob;
  private String bobToken;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Map<String, String> settings = STORES.settings(folder);
    settings.put("files.max_mib", "8");
    settings.put("files.stall_timeout", "1s");
    server =
        JovialServer.start(Settings.of(settings))
            .toCompletionStage()
            .toCompletableFuture()
            .get(3, TimeUnit.MINUTES);
    api = new Api(server.httpPort());
    String appKey =
        api.ok("ums.app.register", new JsonObject().put("name", "Files"), null)
            .getString("app_key");
    JsonObject person = new JsonObject().put("app_key", appKey).put("password", "correct horse");
    api.ok("ums.user.register", person.copy().put("username", "ann"), null);
    bob =
        api.ok("ums.user.register", person.copy().put("username", "bob"), null)
            .getString("user_id");
    annToken =
        api.ok("ums.user.login", person.copy().put("username", "ann"), null)
            .getString("user_token");
    bobToken =
        api.ok("ums.user.login", person.copy().put("username", "bob"), null)
            .getString("user_token");
    ann = new Uploader(server.httpPort(), annToken);
  }

  @AfterAll
  void stop() throws Exception {
    server.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  @Test
  void a_file_goes_up_in_one_request() {
    byte[] bytes = random(3 * CHUNK + 17);
    HttpResponse<String> posted =
        ann.post("?name=holiday.bin", OCTETS, BodyPublishers.ofByteArray(bytes));
    assertThat(posted.statusCode()).as(posted.body()).isEqualTo(201);
    JsonObject file = Uploader.json(posted);
    assertThat(posted.headers().firstValue("Location"))
        .hasValue("/files/" + file.getString("file_id"));
    assertThat(file.getLong("size")).isEqualTo(bytes.length);
    assertThat(file.getString("sha256")).isEqualTo(Uploader.hash(bytes));
    assertThat(file.getString("mime_type")).isEqualTo(OCTETS);
    assertThat(file.getString("name")).isEqualTo("holiday.bin");
    assertThat(get(file.getString("file_id"), annToken).body()).isEqualTo(file);
  }

  @Test
  void a_length_need_not_be_told_and_may_be_zero() {
    byte[] bytes = random(CHUNK + 1);
    assertThat(Uploader.json(ann.postUnknownLength(bytes)).getString("sha256"))
        .isEqualTo(Uploader.hash(bytes));
    JsonObject empty = Uploader.json(ann.post("", OCTETS, BodyPublishers.noBody()));
    assertThat(empty.getLong("size")).isZero();
    assertThat(empty.getString("sha256")).isEqualTo(Uploader.hash(new byte[0]));
    String nothing = ann.begin(0);
    assertThat(ann.offset(nothing)).isZero();
    assertThat(get(idOf(nothing), annToken).body().getLong("size")).isZero();
  }

  @Test
  void the_bytes_have_the_last_word_on_what_a_file_is() {
    assertThat(typeOf(PNG, "text/html", "page.html")).isEqualTo("image/png");
    byte[] html = "<!DOCTYPE html><html><script>alert(1)</script></html>".getBytes();
    assertThat(typeOf(html, "image/png", "cat.png")).isEqualTo("text/html");
    assertThat(typeOf("a,b\n1,2\n".getBytes(), "text/csv", "t.csv")).isEqualTo("text/csv");
    assertThat(typeOf(random(100), "image/png", "cat.png")).isEqualTo(OCTETS);
  }

  @Test
  void a_file_belongs_to_a_conversation_of_its_uploader_or_to_none() {
    JsonObject file =
        Uploader.json(ann.post("?user_id=" + bob, OCTETS, BodyPublishers.ofString("hello")));
    String conversation = file.getString("conversation_id");
    assertThat(conversation).startsWith("d.");
    assertThat(get(file.getString("file_id"), bobToken).status()).isEqualTo(200);
    JsonObject own = Uploader.json(ann.post("", OCTETS, BodyPublishers.ofString("hello")));
    assertThat(get(own.getString("file_id"), bobToken).status()).isEqualTo(404);

    String others = "d." + "0".repeat(26) + "." + "1".repeat(26);
    assertThat(ann.post("?conversation_id=" + others, OCTETS, some()).statusCode()).isEqualTo(403);
    assertThat(ann.post("?conversation_id=x", OCTETS, some()).statusCode()).isEqualTo(403);
    assertThat(ann.post("?user_id=nobody", OCTETS, some()).statusCode()).isEqualTo(404);
    assertThat(
            ann.post("?user_id=" + bob + "&conversation_id=" + conversation, OCTETS, some())
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void nobody_uploads_without_a_token_and_nothing_is_lost_on_the_way_to_saying_so() {
    Uploader stranger = new Uploader(server.httpPort(), "nonsense");
    HttpResponse<String> refused =
        stranger.post("", OCTETS, BodyPublishers.ofByteArray(random(2 * CHUNK)));
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(Uploader.json(refused).getString("code")).isEqualTo("unauthenticated");
    assertThat(stranger.head("/files/tus/x").statusCode()).isEqualTo(401);
  }

  @Test
  void what_is_too_large_is_refused_by_its_length_or_when_it_gets_there() {
    byte[] tooLarge = new byte[8 * 1024 * 1024 + 1];
    HttpResponse<String> told = ann.post("", OCTETS, BodyPublishers.ofByteArray(tooLarge));
    assertThat(told.statusCode()).isEqualTo(413);
    assertThat(Uploader.json(told).getString("detail")).contains("8388608");
    assertThat(ann.postUnknownLength(tooLarge).statusCode()).isEqualTo(413);
    assertThat(
            ann.send(
                    ann.tus("/files/tus")
                        .header("Upload-Length", "8388609")
                        .POST(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(413);
  }

  @Test
  void a_name_is_kept_as_a_name_and_one_that_is_none_is_refused() {
    JsonObject file =
        Uploader.json(ann.post("?name=..%2F..%2Fetc%2Fpasswd%E2%80%AE", OCTETS, some()));
    assertThat(file.getString("name")).isEqualTo("../../etc/passwd\u202e");
    assertThat(ann.post("?name=" + "x".repeat(256), OCTETS, some()).statusCode()).isEqualTo(400);
    assertThat(ann.post("?name=", OCTETS, some()).statusCode()).isEqualTo(400);
  }

  @Test
  void an_upload_goes_on_behind_what_came_before_the_network_was_lost() throws Exception {
    byte[] bytes = random(2 * CHUNK + 100_000);
    String upload = ann.begin(bytes.length, "filename", "video.mp4", "user_id", bob);
    int sent = CHUNK + 70_000;
    ann.patchAndHangUp(upload, 0, Arrays.copyOf(bytes, sent), bytes.length);
    await("more than one chunk is stored")
        .until(() -> ann.stored(upload), stored -> stored > CHUNK);
    int offset = (int) ann.offset(upload);
    assertThat(offset).isBetween(CHUNK + 1, sent);
    HttpResponse<String> rest =
        ann.patch(upload, offset, Arrays.copyOfRange(bytes, offset, bytes.length));
    assertThat(rest.statusCode()).as(rest.body()).isEqualTo(204);
    assertThat(Uploader.offset(rest)).isEqualTo(bytes.length);
    JsonObject file = get(idOf(upload), bobToken).body();
    assertThat(file.getString("sha256")).isEqualTo(Uploader.hash(bytes));
    assertThat(file.getString("name")).isEqualTo("video.mp4");
  }

  @Test
  void small_and_odd_pieces_make_the_same_file() {
    byte[] bytes = random(CHUNK + 300_001);
    String upload = ann.begin(bytes.length);
    int piece = 99_999;
    for (int from = 0; from < bytes.length; from += piece) {
      int to = Math.min(bytes.length, from + piece);
      HttpResponse<String> sent = ann.patch(upload, from, Arrays.copyOfRange(bytes, from, to));
      assertThat(sent.statusCode()).as(sent.body()).isEqualTo(204);
      assertThat(Uploader.offset(sent)).isEqualTo(to);
    }
    assertThat(get(idOf(upload), annToken).body().getString("sha256"))
        .isEqualTo(Uploader.hash(bytes));
    assertThat(ann.offset(upload)).as("complete").isEqualTo(bytes.length);
  }

  @Test
  void gaps_and_overlaps_are_refused_with_the_offset() {
    String upload = ann.begin(1000);
    ann.patch(upload, 0, random(100));
    for (long wrong : new long[] {0, 99, 101, 5000}) {
      HttpResponse<String> refused = ann.patch(upload, wrong, random(10));
      assertThat(refused.statusCode()).as("offset " + wrong).isEqualTo(409);
      assertThat(Uploader.json(refused).getJsonObject("details").getLong("offset")).isEqualTo(100);
    }
    assertThat(ann.patch(upload, 100, random(901)).statusCode()).as("too much").isEqualTo(413);
  }

  @Test
  void with_a_checksum_all_of_a_piece_counts_or_nothing() {
    byte[] bytes = random(2 * CHUNK + 10);
    String upload = ann.begin(2L * bytes.length);
    HttpResponse<String> mismatch =
        ann.patch(upload, 0, bytes, "Upload-Checksum", Uploader.checksum(random(10)));
    assertThat(mismatch.statusCode()).isEqualTo(460);
    assertThat(ann.offset(upload)).isZero();
    assertThat(
            ann.patch(upload, 0, bytes, "Upload-Checksum", Uploader.checksum(bytes)).statusCode())
        .isEqualTo(204);
    assertThat(ann.patch(upload, bytes.length, bytes, "Upload-Checksum", "md5 abc").statusCode())
        .isEqualTo(400);
    assertThat(
            ann.patch(upload, bytes.length, bytes, "Upload-Checksum", Uploader.checksum(bytes))
                .statusCode())
        .isEqualTo(204);
    byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
    System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
    assertThat(get(idOf(upload), annToken).body().getString("sha256"))
        .isEqualTo(Uploader.hash(twice));
  }

  @Test
  void an_upload_is_given_up_and_a_file_deleted_by_its_uploader_only() {
    Uploader bobs = new Uploader(server.httpPort(), bobToken);
    String upload = ann.begin(1000, "user_id", bob);
    assertThat(bobs.head(upload).statusCode()).isEqualTo(404);
    assertThat(bobs.patch(upload, 0, random(1)).statusCode()).isEqualTo(404);
    assertThat(bobs.delete(upload).statusCode()).isEqualTo(404);
    assertThat(ann.delete(upload).statusCode()).isEqualTo(204);
    assertThat(ann.patch(upload, 0, random(1)).statusCode()).isIn(404, 410);

    String file = Uploader.json(ann.post("?user_id=" + bob, OCTETS, some())).getString("file_id");
    JsonObject which = new JsonObject().put("file_id", file);
    assertThat(api.call("fss.file.delete", which, bobToken).status()).isEqualTo(403);
    assertThat(api.call("fss.file.delete", which, annToken).status()).isEqualTo(200);
    assertThat(get(file, annToken).status()).isEqualTo(404);
  }

  @Test
  void tus_says_what_it_can_and_refuses_what_it_does_not_speak() {
    HttpResponse<String> options =
        ann.send(ann.tus("/files/tus").method("OPTIONS", BodyPublishers.noBody()));
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Tus-Extension").orElseThrow())
        .contains("creation", "checksum", "termination");
    assertThat(options.headers().firstValue("Tus-Max-Size")).hasValue("8388608");
    String upload = ann.begin(10);
    assertThat(
            ann.send(
                    ann.tus(upload)
                        .setHeader("Tus-Resumable", "0.2.2")
                        .method("HEAD", BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(412);
    assertThat(
            ann.send(
                    ann.tus(upload)
                        .header("Upload-Offset", "0")
                        .header("Content-Type", OCTETS)
                        .method("PATCH", BodyPublishers.ofString("x")))
                .statusCode())
        .isEqualTo(415);
    for (String length : new String[] {"-1", "x", "99999999999999999999"}) {
      assertThat(
              ann.send(
                      ann.tus("/files/tus")
                          .header("Upload-Length", length)
                          .POST(BodyPublishers.noBody()))
                  .statusCode())
          .isEqualTo(400);
    }
    assertThat(
            ann.send(
                    ann.tus("/files/tus")
                        .header("Upload-Length", "1")
                        .header("Upload-Metadata", "filename !!!")
                        .POST(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void an_upload_that_stalls_is_cut_off_and_can_be_resumed() throws Exception {
    byte[] bytes = random(CHUNK);
    String upload = ann.begin(bytes.length);
    try (Stalling stalling = new Stalling(server.httpPort(), annToken, upload, bytes, 5000)) {
      assertThat(stalling.readUntilClosed()).as("the server hangs up").isTrue();
    }
    assertThat(ann.offset(upload)).isEqualTo(5000);
    ann.patch(upload, 5000, Arrays.copyOfRange(bytes, 5000, bytes.length));
    assertThat(get(idOf(upload), annToken).body().getString("sha256"))
        .isEqualTo(Uploader.hash(bytes));
  }

  private String typeOf(byte[] bytes, String declared, String name) {
    return Uploader.json(ann.post("?name=" + name, declared, BodyPublishers.ofByteArray(bytes)))
        .getString("mime_type");
  }

  private Api.Answer get(String fileId, String token) {
    return api.call("fss.file.get", new JsonObject().put("file_id", fileId), token);
  }

  private static java.net.http.HttpRequest.BodyPublisher some() {
    return BodyPublishers.ofString("some bytes");
  }

  private static String idOf(String upload) {
    return upload.substring(upload.lastIndexOf('/') + 1);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
