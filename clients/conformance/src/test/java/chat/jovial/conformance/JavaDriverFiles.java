package chat.jovial.conformance;

import static java.util.Objects.requireNonNull;

import chat.jovial.client.JovialClient;
import chat.jovial.client.model.Body;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.FileOptions;
import chat.jovial.client.model.Message;
import chat.jovial.client.model.Outgoing;
import chat.jovial.client.model.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Commands of {@link JavaDriver} that are about files. */
final class JavaDriverFiles {
  /** What was told last of each file on its way up; a scenario has a few. */
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

  void listen(JovialClient client) {
    client.on(Event.UPLOAD, upload -> uploads.put(upload.clientId(), upload));
  }

  static Outgoing send(JovialClient client, JsonNode command) {
    FileOptions options = FileOptions.NONE;
    if (command.has("text")) {
      options = options.text(command.path("text").asText());
    }
    return client.sendFile(
        command.path("to_user").asText(), Path.of(command.path("path").asText()), options);
  }

  static CompletableFuture<Path> save(JovialClient client, JsonNode command) {
    Long seq = command.path("seq").asLong();
    return client
        .messages(command.path("conversation_id").asText())
        .thenCompose(
            messages ->
                messages.stream()
                    .filter(message -> seq.equals(message.seq()))
                    .findFirst()
                    .map(message -> save(client, message, command))
                    .orElseThrow());
  }

  private static CompletableFuture<Path> save(
      JovialClient client, Message message, JsonNode command) {
    return client.saveFile(requireNonNull(message.body()), Path.of(command.path("path").asText()));
  }

  /** Of a file that is not up yet; of one that nothing was told of, that it waits. */
  void putUpload(ObjectNode json, Message message) {
    Body body = message.body();
    boolean waits =
        body != null
            && message.seq() == null
            && body.tree().path("type").asText().equals("file")
            && !body.tree().has("file_id");
    if (!waits) {
      return;
    }
    Upload upload = uploads.get(message.clientId());
    json.putObject("upload")
        .put("state", upload == null ? "waiting" : upload.state().name().toLowerCase(Locale.ROOT))
        .put("sent", upload == null ? 0 : upload.sent());
  }
}
