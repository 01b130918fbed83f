package chat.jovial.client;

import static chat.jovial.client.Device.await;
import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.client.json.Json;
import chat.jovial.client.model.Body;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.FileOptions;
import chat.jovial.client.model.MessageState;
import chat.jovial.client.model.Outgoing;
import chat.jovial.client.model.Progress;
import chat.jovial.client.model.Upload;
import chat.jovial.client.store.MemoryStore;
import chat.jovial.client.store.SqliteStore;
import chat.jovial.client.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
  private static final String AB = "d.ann.bob";
  private static final int SIZE = 300_000;

  private final ScriptedServer server = new ScriptedServer();
  private final ScriptedFiles http = new ScriptedFiles();

  @TempDir private Path folder;
  private Path file;
  private byte[] content;

  @BeforeEach
  void writeFile() throws IOException {
    content = new byte[SIZE];
    new Random(3).nextBytes(content);
    file = Files.write(folder.resolve("holiday.bin"), content);
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  private Device device(Store store) {
    return new Device(Device.config(server, "ann", store).http(http.address()).build());
  }

  private List<String> sentTexts() {
    return server.logOf(AB).stream()
        .map(entry -> entry.path("body"))
        .map(body -> body.path("type").asText() + " " + body.path("text").asText())
        .toList();
  }

  @Test
  void a_file_goes_up_before_its_message_and_messages_behind_it_wait() {
    try (Device ann = device(new MemoryStore())) {
      List<Upload> told = new CopyOnWriteArrayList<>();
      ann.client.on(Event.UPLOAD, told::add);
      http.refusals.set(2);
      Outgoing sent =
          ann.client.sendFile("bob", file, FileOptions.NONE.text("look").name("Holiday.bin"));
      Outgoing after = ann.client.send("bob", Body.text("and?"));

      await(after.stored());
      assertThat(await(sent.stored()).seq()).isEqualTo(1);
      assertThat(sentTexts()).containsExactly("file look", "text and?");
      JsonNode body = server.logOf(AB).get(0).path("body");
      assertThat(http.files.get(body.path("file_id").asText())).isEqualTo(content);
      assertThat(body.path("file_token").asText()).isEqualTo(ScriptedFiles.TOKEN);
      assertThat(body.path("name").asText()).isEqualTo("Holiday.bin");
      assertThat(told).extracting(Upload::state).startsWith(Upload.State.WAITING);
      assertThat(told.get(told.size() - 1).state()).isEqualTo(Upload.State.DONE);
      assertThat(told.get(told.size() - 1).sent()).isEqualTo(SIZE);
    }
  }

  @Test
  void an_upload_that_is_cut_off_goes_on_where_the_server_is() {
    http.cuts.set(3);
    http.cutAfter = 50_000;
    try (Device ann = device(new MemoryStore())) {
      Outgoing sent = ann.client.sendFile("bob", file, FileOptions.NONE);

      await(sent.stored());
      assertThat(http.files.values()).containsExactly(content);
      assertThat(http.countOf("POST")).isEqualTo(1);
      assertThat(http.countOf("PATCH")).isEqualTo(4);
    }
  }

  @Test
  void an_upload_that_the_server_has_swept_begins_anew() {
    http.cuts.set(1);
    try (Device ann = device(SqliteStore.open(folder.resolve("store")))) {
      Outgoing sent = ann.client.sendFile("bob", file, FileOptions.NONE);
      await("PATCH is requested once").until(() -> http.countOf("PATCH") == 1);
      http.sweep();

      await(sent.stored());
      assertThat(http.files.values()).containsExactly(content);
      assertThat(http.countOf("POST")).isEqualTo(2);
    }
  }

  @Test
  void a_file_queued_offline_goes_up_after_a_restart_and_is_gone_on_with_after_another() {
    Path store = folder.resolve("store");
    http.refusals.set(1_000_000);
    String clientId;
    try (Device ann = device(SqliteStore.open(store))) {
      Outgoing sent = ann.client.sendFile("bob", file, FileOptions.NONE);
      await(sent.queued());
      clientId = sent.clientId();
      await("POST is requested").until(() -> http.countOf("POST") > 0);
    }
    http.refusals.set(0);
    http.cuts.set(1_000_000);
    http.cutAfter = 0;
    try (Device ann = device(SqliteStore.open(store))) {
      await("PATCH is requested").until(() -> http.countOf("PATCH") > 0);
      assertThat(await(ann.client.messages(AB)))
          .extracting(message -> message.state())
          .containsExactly(MessageState.QUEUED);
    }
    long created = http.countOf("POST");
    http.cuts.set(0);
    try (Device ann = device(SqliteStore.open(store))) {
      await("the server has 1 entry").until(() -> server.logOf(AB).size() == 1);
      assertThat(server.logOf(AB).get(0).path("client_id").asText()).isEqualTo(clientId);
      assertThat(http.files.values()).containsExactly(content);
      assertThat(http.countOf("POST")).isEqualTo(created);
      await("nothing is left to send").until(() -> await(ann.client.outgoing(clientId)).isEmpty());
    }
  }

  @Test
  void a_paused_file_lets_others_pass_and_goes_on_when_resumed() {
    http.cuts.set(1_000_000);
    http.cutAfter = 100;
    try (Device ann = device(new MemoryStore())) {
      Outgoing sent = ann.client.sendFile("bob", file, FileOptions.NONE);
      await("PATCH is requested").until(() -> http.countOf("PATCH") > 0);
      assertThat(await(ann.client.pauseUpload(sent.clientId()))).isTrue();
      assertThat(await(ann.client.pauseUpload(sent.clientId()))).isFalse();
      await(ann.client.send("bob", Body.text("later")).stored());
      assertThat(sentTexts()).containsExactly("text later");

      http.cuts.set(0);
      assertThat(await(ann.client.resumeUpload(sent.clientId()))).isTrue();
      await(sent.stored());
      assertThat(http.files.values()).containsExactly(content);
    }
  }

  @Test
  void a_discarded_file_is_given_up_on_the_server_too() {
    http.cuts.set(1_000_000);
    try (Device ann = device(new MemoryStore())) {
      Outgoing sent = ann.client.sendFile("bob", file, FileOptions.NONE);
      await("HEAD is requested").until(() -> http.countOf("HEAD") > 0);
      assertThat(await(ann.client.discard(sent.clientId()))).isTrue();

      await("DELETE is requested once").until(() -> http.countOf("DELETE") == 1);
      await(ann.client.send("bob", Body.text("instead")).stored());
      assertThat(sentTexts()).containsExactly("text instead");
    }
  }

  @Test
  void a_file_that_changed_before_it_was_up_fails_its_message_and_no_other() throws IOException {
    http.refusals.set(1_000_000);
    try (Device ann = device(new MemoryStore())) {
      Outgoing sent = ann.client.sendFile("bob", file, FileOptions.NONE);
      Outgoing after = ann.client.send("bob", Body.text("after"));
      await("POST is requested").until(() -> http.countOf("POST") > 0);
      Files.write(file, new byte[7]);
      http.refusals.set(0);

      await(after.stored());
      assertThatThrownBy(() -> sent.stored().join()).hasMessageContaining("was changed");
      await(
              "await(ann.client.messages(AB)).stream().anyMatch(message -> message.state() == MessageState.FAILED)")
          .until(
              () ->
                  await(ann.client.messages(AB)).stream()
                      .anyMatch(message -> message.state() == MessageState.FAILED));
    }
  }

  @Test
  void what_the_server_refuses_fails_with_its_reason() {
    http.createStatus = 413;
    try (Device ann = device(new MemoryStore())) {
      Outgoing sent = ann.client.sendFile("bob", file, FileOptions.NONE);

      assertThatThrownBy(() -> sent.stored().join()).hasMessageContaining("too large");
    }
  }

  @Test
  void what_is_no_file_is_refused_at_once() {
    try (Device ann = device(new MemoryStore())) {
      assertThatThrownBy(() -> ann.client.sendFile("bob", folder, FileOptions.NONE))
          .hasMessageContaining("is a folder");
      assertThatThrownBy(() -> ann.client.sendFile("bob", folder.resolve("none"), FileOptions.NONE))
          .hasMessageContaining("There is no file");
    }
  }

  @Test
  void an_empty_file_is_sent_too() throws IOException {
    Files.write(file, new byte[0]);
    try (Device ann = device(new MemoryStore())) {
      await(ann.client.sendFile("bob", file, FileOptions.NONE).stored());
      assertThat(http.files.values()).containsExactly(new byte[0]);
    }
  }

  @Test
  void a_file_is_saved_over_several_requests_and_with_a_new_token() throws Exception {
    http.files.put("f", content);
    server.files.put("f", Json.object().put("size", SIZE).put("sha256", sha256(content)));
    http.cuts.set(3);
    http.cutAfter = 70_000;
    Path target = folder.resolve("saved.bin");
    List<Progress> told = new CopyOnWriteArrayList<>();
    try (Device ann = device(new MemoryStore())) {
      await("ann has a state of its connection").until(() -> !ann.connections.isEmpty());
      await(ann.client.sync().exceptionally(offline -> null));
      Path saved =
          await(ann.client.saveFile(body("f", ScriptedFiles.OLD_TOKEN), target, told::add));

      assertThat(saved).hasBinaryContent(content);
      assertThat(http.countOf("GET")).isEqualTo(5);
      assertThat(told.get(told.size() - 1)).isEqualTo(new Progress(SIZE, SIZE));
      assertThat(folder.toFile().list((in, name) -> name.endsWith(".part"))).isEmpty();
    }
  }

  @Test
  void what_an_earlier_run_has_saved_is_not_fetched_again() throws Exception {
    http.files.put("f", content);
    Path target = folder.resolve("saved.bin");
    Files.write(folder.resolve("saved.bin.f.part"), Arrays.copyOf(content, 200_000));
    try (Device ann = device(new MemoryStore())) {
      assertThat(await(ann.client.saveFile(body("f", ScriptedFiles.TOKEN), target)))
          .hasBinaryContent(content);
    }
  }

  @Test
  void a_file_that_came_damaged_is_not_kept() throws Exception {
    http.files.put("f", new byte[SIZE]);
    server.files.put("f", Json.object().put("size", SIZE).put("sha256", sha256(content)));
    Path target = folder.resolve("saved.bin");
    try (Device ann = device(new MemoryStore())) {
      await("ann is online")
          .until(
              () ->
                  ann.connections.stream().anyMatch(each -> each.status().name().equals("ONLINE")));
      assertThatThrownBy(() -> ann.client.saveFile(body("f", ScriptedFiles.TOKEN), target).join())
          .hasMessageContaining("damaged");
      assertThat(target).doesNotExist();
    }
  }

  @Test
  void without_an_address_given_files_go_where_the_server_says() {
    server.httpUrl = http.address().toString();
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      await(ann.client.sendFile("bob", file, FileOptions.NONE).stored());
    }
  }

  @Test
  void without_an_http_address_files_say_what_is_missing() {
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      Outgoing sent = ann.client.sendFile("bob", file, FileOptions.NONE);
      assertThatThrownBy(() -> sent.stored().join()).hasMessageContaining("HTTP address");
    }
  }

  private static Body body(String fileId, String token) {
    return Body.of(Map.of("type", "file", "file_id", fileId, "file_token", token, "size", SIZE));
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
