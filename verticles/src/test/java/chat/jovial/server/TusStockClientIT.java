package chat.jovial.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.jovial.config.Settings;
import chat.jovial.server.launch.JovialServer;
import chat.jovial.stores.StoresExtension;
import io.tus.java.client.ProtocolException;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusExecutor;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusUpload;
import io.tus.java.client.TusUploader;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stock tus clients, {@code tus-js-client} from npm and {@code tus-java-client} from Maven
 * Central, against the whole server on the real embedded stores. Without Node and npm the first is
 * skipped, and says so.
 */
class TusStockClientIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private static final long PATIENCE_SECONDS = 180;
  private static final Path SOURCES = Path.of("src/test/js/tus");
  private static final Path WORK = Path.of("target/tus-client");

  /** Some chunks of the store and a piece. */
  private static final int SIZE = 5 * 512 * 1024 + 12_345;

  @TempDir static Path folder;

  private static JovialServer server;
  private static Api api;
  private static String userToken;
  private static Path file;
  private static byte[] content;

  @BeforeAll
  static void startServer() throws Exception {
    content = new byte[SIZE];
    new Random(7).nextBytes(content);
    file = Files.write(folder.resolve("stock.bin"), content);
    server = await(JovialServer.start(settings()));
    api = new Api(server.httpPort());
    JsonObject app = api.ok("ums.app.register", new JsonObject().put("name", "Tus"), null);
    JsonObject request =
        new JsonObject()
            .put("app_id", app.getString("app_id"))
            .put("app_secret", app.getString("app_secret"))
            .put("external_id", "ann");
    userToken = api.ok("ums.user.token", request, null).getString("user_token");
  }

  @AfterAll
  static void stopServer() throws Exception {
    await(server.close());
  }

  @Test
  void tus_js_client_sends_resumes_checks_and_ends_uploads() throws Exception {
    assumeTrue(
        works("node", "--version") && works("npm", "--version"),
        "skipped: install Node.js with npm to test the stock JavaScript tus client");
    install();

    JsonObject seen =
        new JsonObject(
            run("node", "tus-client.js", endpoint(), userToken, file.toAbsolutePath().toString()));

    for (String way :
        List.of(
            "whole",
            "pieces",
            "odd",
            "oneChunk",
            "resumedWhole",
            "resumedPieces",
            "deferred",
            "sha1",
            "sha256")) {
      JsonObject result = seen.getJsonObject(way);
      assertThat(result.getString("error")).as("%s: %s", way, result).isNull();
      JsonObject info = info(result.getString("url"));
      assertThat(info.getString("sha256")).as(way).isEqualTo(sha256(content));
      assertThat(info.getString("name")).isEqualTo("stock é.bin");
    }
    assertThat(seen.getJsonObject("pieces").getInteger("pieces")).isEqualTo(26);
    assertThat(info(seen.getJsonObject("empty").getString("url")).getLong("size")).isZero();
    assertThat(seen.getJsonObject("resumedWhole").getBoolean("sameUrl")).isTrue();
    assertThat(seen.getJsonObject("resumedPieces").getBoolean("sameUrl")).isTrue();
    assertThat(seen.getJsonObject("spoilt").getInteger("status")).isEqualTo(460);
    assertThat(seen.getJsonObject("terminated").getInteger("status")).isIn(404, 410);
    assertThat(seen.getJsonObject("stranger").getInteger("status")).isEqualTo(401);
  }

  @Test
  void tus_java_client_sends_in_small_pieces_and_resumes() throws Exception {
    TusClient client = javaClient();
    TusUpload upload = new TusUpload(file.toFile());

    TusUploader first = client.resumeOrCreateUpload(upload);
    first.setChunkSize(10_000);
    first.setRequestPayloadSize(100 * 1024);
    while (first.getOffset() < SIZE / 2) {
      first.uploadChunk();
    }
    first.finish();
    TusUploader second = client.resumeUpload(new TusUpload(file.toFile()));
    assertThat(second.getOffset()).isEqualTo(first.getOffset());
    finish(second);

    JsonObject info = info(second.getUploadURL().toString());
    assertThat(info.getString("sha256")).isEqualTo(sha256(content));
    assertThat(info.getString("name")).isEqualTo("stock.bin");
  }

  @Test
  void tus_java_client_sends_a_file_in_one_request() throws Exception {
    TusUploader uploader = javaClient().createUpload(new TusUpload(file.toFile()));
    finish(uploader);

    assertThat(info(uploader.getUploadURL().toString()).getString("sha256"))
        .isEqualTo(sha256(content));
  }

  @Test
  void tus_java_client_goes_on_after_a_request_that_was_cut_off() throws Exception {
    TusClient client = javaClient();
    TusUpload upload = new TusUpload(file.toFile());
    TusUploader created = client.resumeOrCreateUpload(upload);
    CutRequest.send(created.getUploadURL().toURI(), userToken, content, 1_300_000);

    // As its documentation wants it: the server may not have noticed that the first one is gone.
    assertThat(
            new TusExecutor() {
              @Override
              protected void makeAttempt() throws ProtocolException, IOException {
                finish(client.resumeOrCreateUpload(new TusUpload(file.toFile())));
              }
            }.makeAttempts())
        .isTrue();

    assertThat(info(created.getUploadURL().toString()).getString("sha256"))
        .isEqualTo(sha256(content));
  }

  private static void finish(TusUploader uploader) throws ProtocolException, IOException {
    uploader.setChunkSize(64 * 1024);
    int sent = 0;
    while (sent >= 0) {
      sent = uploader.uploadChunk();
    }
    uploader.finish();
  }

  private static TusClient javaClient() throws Exception {
    TusClient client = new TusClient();
    client.setUploadCreationURL(URI.create(endpoint()).toURL());
    client.setHeaders(Map.of("Authorization", "Bearer " + userToken));
    client.enableResuming(new TusURLMemoryStore());
    return client;
  }

  private static String endpoint() {
    return "http://127.0.0.1:" + server.httpPort() + "/files/tus";
  }

  private static JsonObject info(String url) {
    String fileId = url.substring(url.lastIndexOf('/') + 1);
    return api.ok("fss.file.get", new JsonObject().put("file_id", fileId), userToken);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static Settings settings() {
    Map<String, String> settings = STORES.settings(folder);
    settings.put("edge.webroot", Path.of("../webroot").toAbsolutePath().toString());
    return Settings.of(settings);
  }

  private static void install() throws Exception {
    Files.createDirectories(WORK);
    for (String name : List.of("package.json", "tus-client.js")) {
      Files.copy(SOURCES.resolve(name), WORK.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    run("npm", "install", "--no-package-lock", "--no-audit", "--no-fund");
  }

  private static boolean works(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** The standard output of a command that must succeed. */
  private static String run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(WORK.toFile())
            .redirectError(WORK.resolve("errors.txt").toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(output + Files.readString(WORK.resolve("errors.txt")))
        .isZero();
    return output;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
