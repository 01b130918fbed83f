package chat.jovial.conformance;

import static chat.jovial.testing.Await.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Steps of a scenario that are about files; {@code clients/conformance/README.md} has them. */
final class FileSteps {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FileSteps() {}

  /** A file of random bytes, which no compression on the way makes smaller. */
  static void make(Stage stage, JsonNode step) {
    Path file = stage.file(step.path("make_file").asText());
    byte[] bytes = new byte[step.path("bytes").asInt()];
    new Random(bytes.length).nextBytes(bytes);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void send(Stage stage, Device device, JsonNode step) {
    ObjectNode request = JSON.createObjectNode().put("do", "send_file");
    request.put("to_user", stage.userId(step.path("to").asText()));
    request.put("path", stage.file(step.path("file").asText()).toString());
    if (step.has("text")) {
      request.set("text", step.get("text"));
    }
    device.lastFile = device.ask(request).path("client_id").asText();
  }

  static void change(Device device, String what) {
    String command = what.equals("cancel_upload") ? "discard" : what;
    device.ask(JSON.createObjectNode().put("do", command).put("client_id", device.lastFile));
  }

  /** Until the newest message that has a file on its way up shows it so. */
  static void awaitUpload(Stage stage, Device device, JsonNode step) {
    await("the upload that " + device.name + " shows is as in " + step)
        .until(
            () -> upload(stage, device, step.path("with").asText()),
            upload -> isAsExpected(upload, step));
  }

  private static boolean isAsExpected(JsonNode upload, JsonNode step) {
    boolean isState =
        !step.has("state") || step.path("state").asText().equals(upload.path("state").asText());
    boolean isThere =
        !step.has("at_least") || upload.path("sent").asLong() >= step.path("at_least").asLong();
    return isState && isThere;
  }

  private static JsonNode upload(Stage stage, Device device, String other) {
    JsonNode found = JSON.createObjectNode();
    for (JsonNode message : messages(stage, device, other)) {
      found = message.has("upload") ? message.path("upload") : found;
    }
    return found;
  }

  private static JsonNode messages(Stage stage, Device device, String other) {
    ObjectNode request = JSON.createObjectNode().put("do", "view");
    request.put("conversation_id", stage.conversation(device, other));
    return device.ask(request).path("messages");
  }

  /** Until the device has the message; then it saves its file, which must have every byte. */
  static void awaitFile(Stage stage, Device device, JsonNode step) {
    long seq = step.path("seq").asLong();
    String other = step.path("with").asText();
    JsonNode message =
        await(device.name + " has message " + seq)
            .untilPresent(() -> message(stage, device, other, seq));
    Path saved = stage.file(device.name + "-" + seq + ".saved");
    Path original = stage.file(step.path("same_as").asText());
    ObjectNode request = JSON.createObjectNode().put("do", "save_file").put("seq", seq);
    request.put("conversation_id", stage.conversation(device, other));
    request.put("path", saved.toString());
    device.ask(request);
    try {
      JsonNode body = message.path("body");
      if (!body.path("name").asText().equals(step.path("same_as").asText())
          || body.path("size").asLong() != Files.size(original)) {
        throw new AssertionError("not the file that was sent: " + body);
      }
      if (Files.mismatch(saved, original) >= 0) {
        throw new AssertionError(
            device.name + " saved other bytes from " + Files.mismatch(saved, original) + " on");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable JsonNode message(Stage stage, Device device, String other, long seq) {
    for (JsonNode message : messages(stage, device, other)) {
      if (message.path("seq").asLong() == seq) {
        return message;
      }
    }
    return null;
  }
}
