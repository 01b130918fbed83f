package chat.jovial.conformance;

import chat.jovial.client.ClientConfig;
import chat.jovial.client.JovialClient;
import chat.jovial.client.connection.Endpoint;
import chat.jovial.client.model.Body;
import chat.jovial.client.model.Conversation;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.HistoryQuery;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Message;
import chat.jovial.client.model.Outgoing;
import chat.jovial.client.model.SendOptions;
import chat.jovial.client.model.Tokens;
import chat.jovial.client.store.SqliteStore;
import chat.jovial.client.trigger.Trigger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Driver of the Java kit as a device of the suite: JSON lines in, answers out, as the README has
 * them.
 */
final class JavaDriver {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** More than any scenario writes. */
  private static final int EVERYTHING = 1_000_000;

  /** The {@code message} events of this run. */
  private final List<Map<String, Object>> heard = new ArrayList<>();

  private @Nullable JovialClient client;

  private final JavaDriverFiles files = new JavaDriverFiles();

  private JavaDriver() {}

  public static void main(String[] arguments) throws IOException {
    JavaDriver driver = new JavaDriver();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      driver.handle(JSON.readTree(line));
    }
    if (driver.client != null) {
      driver.client.close();
    }
  }

  private void handle(JsonNode command) {
    CompletableFuture<? extends JsonNode> result;
    try {
      result = perform(command);
    } catch (RuntimeException e) {
      result = CompletableFuture.failedFuture(e);
    }
    var unused =
        result.whenComplete(
            (value, failure) -> {
              ObjectNode answer = JSON.createObjectNode();
              answer.set("id", command.get("id"));
              answer.put("ok", failure == null);
              if (failure == null) {
                answer.set("result", value);
              } else {
                Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                answer.put("code", cause instanceof JovialException e ? e.code() : "internal");
                answer.put("error", String.valueOf(cause.getMessage()));
              }
              print(answer);
            });
  }

  private static synchronized void print(ObjectNode answer) {
    System.out.println(answer);
    System.out.flush();
  }

  private CompletableFuture<? extends JsonNode> perform(JsonNode command) {
    String conversation = command.path("conversation_id").asText();
    long target = command.path("target").asLong();
    switch (command.path("do").asText()) {
      case "open":
        return done(open(command));
      case "close":
        client().close();
        return done(JSON.createObjectNode());
      case "status":
        return client()
            .connection()
            .handle(
                (connection, failure) -> {
                  ObjectNode status = JSON.createObjectNode().put("durable", client().durable());
                  return status.put(
                      "connection",
                      failure == null
                          ? connection.status().name().toLowerCase(Locale.ROOT)
                          : "ended");
                });
      case "send":
        return queued(
            client().send(command.path("to_user").asText(), body(command), options(command)));
      case "send_file":
        return queued(JavaDriverFiles.send(client(), command));
      case "pause_upload":
        return empty(client().pauseUpload(command.path("client_id").asText()));
      case "resume_upload":
        return empty(client().resumeUpload(command.path("client_id").asText()));
      case "save_file":
        return empty(JavaDriverFiles.save(client(), command));
      case "edit":
        return queued(client().edit(conversation, target, body(command)));
      case "redact":
        return queued(client().redact(conversation, target));
      case "react":
        return queued(
            client()
                .react(
                    conversation,
                    target,
                    command.path("reaction").asText(),
                    command.path("remove").asBoolean()));
      case "retry":
        return empty(client().retry(command.path("client_id").asText()));
      case "discard":
        return empty(client().discard(command.path("client_id").asText()));
      case "mark_read":
        return empty(client().markRead(conversation, command.path("seq").asLong()));
      case "typing":
        client().typing(conversation, command.path("typing").asBoolean());
        return done(JSON.createObjectNode());
      case "view":
        return client()
            .messages(conversation, null, EVERYTHING)
            .thenCombine(client().conversation(conversation), this::view);
      case "conversations":
        return client().conversations().thenApply(JavaDriver::conversations);
      case "history":
        return client()
            .history(conversation, query(command))
            .thenApply(page -> JSON.createObjectNode().put("count", page.entries()));
      case "sync":
        return empty(client().sync());
      case "trigger":
        return empty(client().trigger(recording(command)));
      case "pause_trigger":
        return empty(client().pauseTrigger(command.path("name").asText()));
      case "resume_trigger":
        return empty(client().resumeTrigger(command.path("name").asText()));
      case "remove_trigger":
        return empty(client().removeTrigger(command.path("name").asText()));
      case "heard":
        synchronized (heard) {
          return done(JSON.createObjectNode().set("heard", JSON.valueToTree(heard)));
        }
      case "fired":
        return client()
            .kept("fired/")
            .thenApply(
                kept -> JSON.createObjectNode().set("fired", JSON.valueToTree(kept.values())));
      default:
        throw new IllegalArgumentException("This driver knows no '" + command.path("do") + "'.");
    }
  }

  private JovialClient client() {
    if (client == null) {
      throw new IllegalStateException("The device is not open.");
    }
    return client;
  }

  private ObjectNode open(JsonNode command) {
    Endpoint endpoint = Endpoint.parse(command.path("tcp").asText());
    client =
        JovialClient.connect(
            ClientConfig.builder()
                .endpoint(endpoint.host(), endpoint.port())
                .http(URI.create(command.path("http").asText()))
                .tokens(
                    Tokens.of(
                        command.path("user_token").asText(),
                        command.path("refresh_token").textValue()))
                .store(SqliteStore.open(Path.of(command.path("store").asText())))
                .build());
    files.listen(client);
    client.on(
        Event.MESSAGE,
        message -> {
          synchronized (heard) {
            heard.add(
                Map.of(
                    "conversation_id",
                    message.conversationId(),
                    "seq",
                    Objects.requireNonNull(message.seq())));
          }
        });
    return JSON.createObjectNode().put("durable", client.durable());
  }

  private static Body body(JsonNode command) {
    return Body.ofJson(command.path("body").toString());
  }

  private static SendOptions options(JsonNode command) {
    SendOptions options = SendOptions.NONE;
    String clientId = command.path("client_id").textValue();
    if (clientId != null) {
      options = options.clientId(clientId);
    }
    return command.has("reply_to") ? options.replyTo(command.path("reply_to").asLong()) : options;
  }

  private static HistoryQuery query(JsonNode command) {
    HistoryQuery query =
        command.has("before")
            ? HistoryQuery.before(command.path("before").asLong())
            : HistoryQuery.newest();
    return command.has("limit") ? query.limit(command.path("limit").asInt()) : query;
  }

  /** Each firing is a row of its own, so that a second one for the same entry would show. */
  private static Trigger recording(JsonNode command) {
    String name = command.path("name").asText();
    Trigger trigger =
        Trigger.on(command.path("on").asText(), name)
            .priority(command.path("priority").asInt())
            .then(
                event ->
                    event.put(
                        "fired/%020d/%s".formatted(System.currentTimeMillis(), UUID.randomUUID()),
                        Map.of(
                            "trigger",
                            name,
                            "conversation_id",
                            String.valueOf(event.fields().get("conversation_id")),
                            "seq",
                            event.fields().getOrDefault("seq", 0))));
    for (var field : command.path("where").properties()) {
      trigger = trigger.where(field.getKey(), JSON.convertValue(field.getValue(), Object.class));
    }
    return trigger;
  }

  private ObjectNode view(List<Message> messages, Optional<Conversation> conversation) {
    ObjectNode view = JSON.createObjectNode();
    ArrayNode list = view.putArray("messages");
    messages.forEach(message -> list.add(shown(message)));
    view.put("unread", conversation.map(Conversation::unread).orElse(0));
    view.put("last_seq", conversation.map(Conversation::lastSeq).orElse(0L));
    view.put("gaps", conversation.map(Conversation::gaps).orElse(0));
    return view;
  }

  private ObjectNode shown(Message message) {
    ObjectNode json = JSON.createObjectNode();
    if (message.seq() != null) {
      json.put("seq", message.seq());
    }
    json.put("client_id", message.clientId());
    json.put("sender_id", message.senderId());
    Body body = message.body();
    if (body != null) {
      json.set("body", body.tree());
    }
    json.put("state", message.state().name().toLowerCase(Locale.ROOT));
    files.putUpload(json, message);
    json.put("edited", message.edited());
    if (message.removed() != null) {
      json.put("removed", message.removed());
    }
    json.set("reactions", JSON.valueToTree(message.reactions()));
    if (message.replyTo() != null) {
      json.put("reply_to", message.replyTo());
    }
    return json;
  }

  private static ObjectNode conversations(List<Conversation> all) {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode list = json.putArray("conversations");
    for (Conversation each : all) {
      list.addObject()
          .put("conversation_id", each.conversationId())
          .put("unread", each.unread())
          .put("last_seq", each.lastSeq());
    }
    return json;
  }

  private static CompletableFuture<ObjectNode> queued(Outgoing sent) {
    return sent.queued()
        .thenApply(queued -> JSON.createObjectNode().put("client_id", sent.clientId()));
  }

  private static CompletableFuture<ObjectNode> empty(CompletableFuture<?> future) {
    return future.thenApply(value -> JSON.createObjectNode());
  }

  private static CompletableFuture<ObjectNode> done(ObjectNode result) {
    return CompletableFuture.completedFuture(result);
  }
}
