package chat.jovial.conformance;

import chat.jovial.testing.Await;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Expectation of what a device comes to show. It is asked again and again until it does; lists must
 * be exactly as expected, so something shown twice or in another order is never what is waited for.
 */
final class Expectation {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Backoff, a lease that changes its owner, a busy machine. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Set<String> OF_STATUS = Set.of("connection", "durable");
  private static final Set<String> OF_VIEW = Set.of("unread", "last_seq", "gaps");

  private final Stage stage;
  private final Device device;
  private final JsonNode step;

  Expectation(Stage stage, Device device, JsonNode step) {
    this.stage = stage;
    this.device = device;
    this.step = step;
  }

  void await() {
    Await.await(device.name + " shows what is expected")
        .atMost(LIMIT)
        .until(this::problem, String::isEmpty);
  }

  /** What differs from what is expected; empty if nothing does. */
  private String problem() {
    List<String> problems = new ArrayList<>();
    if (OF_STATUS.stream().anyMatch(step::has)) {
      JsonNode status = device.ask("status");
      OF_STATUS.forEach(name -> compare(name, step.path(name), status.path(name), problems));
    }
    if (step.has("with")) {
      checkView(problems);
    }
    if (step.has("fired")) {
      checkFired(problems);
    }
    if (step.has("heard")) {
      checkHeard(problems);
    }
    if (step.has("conversations")) {
      JsonNode all = device.ask("conversations").path("conversations");
      if (all.size() != step.path("conversations").asInt()) {
        problems.add("its conversations are " + all);
      }
    }
    return String.join("; ", problems);
  }

  private static void compare(String name, JsonNode wanted, JsonNode found, List<String> problems) {
    if (!wanted.isMissingNode() && !wanted.asText().equals(found.asText())) {
      problems.add(name + " is " + found + " instead of " + wanted);
    }
  }

  private void checkView(List<String> problems) {
    ObjectNode request = JSON.createObjectNode().put("do", "view");
    request.put("conversation_id", stage.conversation(device, step.path("with").asText()));
    JsonNode view = device.ask(request);
    OF_VIEW.forEach(name -> compare(name, step.path(name), view.path(name), problems));
    JsonNode messages = view.path("messages");
    if (step.has("texts")) {
      checkTexts(messages, problems);
    }
    if (step.has("messages")) {
      checkMessages(messages, problems);
    }
    if (step.has("states")) {
      for (JsonNode message : messages) {
        compare("a state", step.path("states"), message.path("state"), problems);
      }
    }
    checkOrder(messages, problems);
  }

  /** Whatever else is expected: ascending, without holes or doubles, the queued ones last. */
  private static void checkOrder(JsonNode messages, List<String> problems) {
    long last = 0;
    boolean queued = false;
    List<String> seen = new ArrayList<>();
    for (JsonNode message : messages) {
      long seq = message.path("seq").asLong(0);
      queued |= seq == 0;
      if (seq != 0 && (queued || seq <= last)) {
        throw new AssertionError("shown out of order: " + messages);
      }
      last = Math.max(last, seq);
      String id = message.path("sender_id").asText() + " " + message.path("client_id").asText();
      if (seen.contains(id)) {
        throw new AssertionError("shown twice: " + message + " in " + messages);
      }
      seen.add(id);
    }
    if (!problems.isEmpty()) {
      problems.add("it shows " + messages.size() + " messages up to " + last);
    }
  }

  private void checkTexts(JsonNode messages, List<String> problems) {
    List<String> found = new ArrayList<>();
    messages.forEach(message -> found.add(textOf(message)));
    List<String> wanted = new ArrayList<>();
    JsonNode texts = step.path("texts");
    if (texts.isObject()) {
      IntStream.rangeClosed(texts.path("from").asInt(1), texts.path("upto").asInt())
          .forEach(i -> wanted.add(texts.path("text").asText() + i));
    } else {
      texts.forEach(text -> wanted.add(text.asText()));
    }
    boolean same =
        texts.path("any_order").asBoolean()
            ? found.stream().sorted().toList().equals(wanted.stream().sorted().toList())
            : found.equals(wanted);
    if (!same) {
      problems.add("the texts are " + found);
    }
  }

  private static String textOf(JsonNode message) {
    return message.has("removed")
        ? "(" + message.path("removed").asText() + ")"
        : message.path("body").path("text").asText();
  }

  private void checkMessages(JsonNode messages, List<String> problems) {
    JsonNode wanted = step.path("messages");
    if (messages.size() != wanted.size()) {
      problems.add("the messages are " + messages);
      return;
    }
    for (int i = 0; i < wanted.size(); i++) {
      JsonNode message = messages.get(i);
      for (var field : wanted.get(i).properties()) {
        JsonNode value =
            switch (field.getKey()) {
              case "text" -> JSON.getNodeFactory().textNode(textOf(message));
              case "from" ->
                  JSON.getNodeFactory().textNode(stage.nameOf(message.path("sender_id").asText()));
              case "reactions" -> named(message.path("reactions"));
              default -> message.path(field.getKey());
            };
        if (!value.asText().equals(field.getValue().asText())
            || (value.isObject() && !value.equals(field.getValue()))) {
          problems.add(
              "message " + (i + 1) + " has " + field.getKey() + " " + value + " in " + message);
        }
      }
    }
  }

  /** Reactions by the scenario's names of the users. */
  private JsonNode named(JsonNode reactions) {
    ObjectNode named = JSON.createObjectNode();
    for (var reaction : reactions.properties()) {
      List<String> names = new ArrayList<>();
      reaction.getValue().forEach(userId -> names.add(stage.nameOf(userId.asText())));
      named.set(reaction.getKey(), JSON.valueToTree(names.stream().sorted().toList()));
    }
    return named;
  }

  /** The {@code message} events of this run of the device: each once, in the order of the log. */
  private void checkHeard(List<String> problems) {
    String conversation = stage.conversation(device, step.path("with").asText());
    List<Long> found = new ArrayList<>();
    for (JsonNode event : device.ask("heard").path("heard")) {
      if (event.path("conversation_id").asText().equals(conversation)) {
        found.add(event.path("seq").asLong());
      }
    }
    if (!found.stream().sorted().distinct().toList().equals(found)) {
      throw new AssertionError(device.name + " heard out of order, or twice: " + found);
    }
    JsonNode heard = step.path("heard");
    List<Long> wanted =
        LongStream.rangeClosed(heard.path("from").asLong(1), heard.path("upto").asLong())
            .boxed()
            .toList();
    if (!found.equals(wanted)) {
      problems.add("heard " + found);
    }
  }

  private void checkFired(List<String> problems) {
    List<String> found = new ArrayList<>();
    for (JsonNode firing : device.ask("fired").path("fired")) {
      found.add(firing.path("trigger").asText() + " " + firing.path("seq").asLong());
    }
    List<String> wanted = new ArrayList<>();
    step.path("fired").forEach(each -> wanted.add(each.asText()));
    if (!found.stream().distinct().toList().equals(found)) {
      throw new AssertionError(device.name + " fired twice: " + found);
    }
    if (!found.stream().sorted().toList().equals(wanted.stream().sorted().toList())) {
      problems.add("fired " + found);
    }
  }
}
