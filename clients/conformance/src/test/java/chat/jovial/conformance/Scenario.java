package chat.jovial.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** A scenario from its data file; {@code clients/conformance/README.md} says what may be in one. */
final class Scenario {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String file;
  private final JsonNode json;

  private Scenario(Path path) {
    file = path.getFileName().toString().replace(".json", "");
    try {
      json = JSON.readTree(Files.readString(path));
    } catch (IOException e) {
      throw new IllegalStateException(path + " cannot be read", e);
    }
  }

  static List<Scenario> all() throws IOException {
    try (Stream<Path> files = Files.list(Kits.folder().resolve("scenarios"))) {
      return files
          .filter(path -> path.toString().endsWith(".json"))
          .sorted()
          .map(Scenario::new)
          .toList();
    }
  }

  String name() {
    return file;
  }

  /** Whether its devices may be of different kits. */
  boolean isMixed() {
    return json.path("mixed").asBoolean();
  }

  /**
   * Plays it.
   *
   * @param commands drivers for the devices, in turn
   */
  void play(Stage stage, List<List<String>> commands) {
    json.path("users").forEach(user -> stage.addUser(user.asText()));
    int index = 0;
    for (var device : json.path("devices").properties()) {
      stage.addDevice(
          device.getKey(), device.getValue().asText(), commands.get(index++ % commands.size()));
    }
    int number = 0;
    for (JsonNode step : json.path("steps")) {
      number++;
      try {
        play(stage, step);
      } catch (TestAbortedException e) {
        throw e;
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(file + ", step " + number + " " + step + "\n" + e.getMessage(), e);
      }
    }
  }

  private static void play(Stage stage, JsonNode step) {
    String what = step.fieldNames().next();
    JsonNode subject = step.get(what);
    switch (what) {
      case "open" -> subject.forEach(name -> stage.device(name.asText()).open());
      case "close" -> stage.device(subject.asText()).close();
      case "kill" -> stage.device(subject.asText()).kill();
      case "cut" -> stage.device(subject.asText()).proxy.cut();
      case "mend" -> stage.device(subject.asText()).proxy.mend();
      case "heal" -> stage.device(subject.asText()).proxy.heal();
      case "lose_replies" -> stage.device(subject.asText()).proxy.loseReplies();
      case "delay" -> stage.device(subject.asText()).proxy.delay(step.path("ms").asLong());
      case "restart_server" -> stage.server.restart();
      case "logout" ->
          stage.server.call(
              "ums.user.logout",
              JSON.createObjectNode(),
              stage.device(subject.asText()).userToken());
      case "fill" -> fill(stage, step);
      case "expect" -> new Expectation(stage, stage.device(subject.asText()), step).await();
      case "make_file" -> FileSteps.make(stage, step);
      case "send_file" -> FileSteps.send(stage, stage.device(subject.asText()), step);
      case "pause_upload", "resume_upload", "cancel_upload" ->
          FileSteps.change(stage.device(subject.asText()), what);
      case "expect_upload" -> FileSteps.awaitUpload(stage, stage.device(subject.asText()), step);
      case "expect_file" -> FileSteps.awaitFile(stage, stage.device(subject.asText()), step);
      case "store_lacks" -> StoreSearch.checkLacks(stage.device(subject.asText()), step);
      default -> command(stage, stage.device(subject.asText()), what, step);
    }
  }

  /** Messages that a user sends from elsewhere. */
  private static void fill(Stage stage, JsonNode step) {
    String from = step.path("fill").asText();
    for (int i = 1; i <= step.path("count").asInt(); i++) {
      ObjectNode request = JSON.createObjectNode();
      request.putObject("to").put("user_id", stage.userId(step.path("to").asText()));
      request.putObject("body").put("type", "text").put("text", step.path("text").asText() + i);
      stage.server.call("mds.send", request, stage.userToken(from));
    }
  }

  /** A command of the driver, with the names of the scenario replaced. */
  private static void command(Stage stage, Device device, String what, JsonNode step) {
    ObjectNode request = ((ObjectNode) step).deepCopy();
    request.remove(List.of(what, "with", "to", "text", "count"));
    request.put("do", what);
    if (step.has("with")) {
      request.put("conversation_id", stage.conversation(device, step.path("with").asText()));
    }
    if (step.has("to")) {
      request.put("to_user", stage.userId(step.path("to").asText()));
    }
    if (what.equals("trigger") && step.path("where").has("sender_id")) {
      ((ObjectNode) request.path("where"))
          .put("sender_id", stage.userId(step.path("where").path("sender_id").asText()));
    }
    int count = step.path("count").asInt(1);
    for (int i = 1; i <= count; i++) {
      if (step.has("text")) {
        String text = step.path("text").asText() + (step.has("count") ? i : "");
        request.putObject("body").put("type", "text").put("text", text);
      }
      device.ask(request.deepCopy());
    }
  }
}
