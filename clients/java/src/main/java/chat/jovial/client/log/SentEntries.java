package chat.jovial.client.log;

import chat.jovial.client.json.ClientIds;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.Body;
import chat.jovial.client.model.Entry;
import chat.jovial.client.model.Kind;
import chat.jovial.client.model.Stored;
import chat.jovial.client.store.OutboxItem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Factory of the entry that the server made of an own request, as its reply says. */
final class SentEntries {
  private SentEntries() {}

  static Entry of(OutboxItem item, Stored stored, String userId, String deviceId, Instant now) {
    JsonNode request = Json.read(item.request());
    Instant told = stored.storedAt();
    Instant storedAt = told == null ? now : told;
    Long expiresIn = Json.number(request, "expires_in");
    String clientId = item.clientId();
    return new Entry(
        stored.conversationId(),
        stored.seq(),
        userId,
        Json.text(request.path("to"), "user_id"),
        deviceId,
        clientId,
        ClientIds.isVersion7(clientId) ? ClientIds.timeOf(clientId) : storedAt,
        storedAt,
        kindOf(item.operation()),
        bodyOf(item.operation(), request),
        Json.number(request, "reply_to"),
        Json.number(request, "target"),
        expiresIn == null ? null : storedAt.plusSeconds(expiresIn),
        null);
  }

  private static String kindOf(String operation) {
    return switch (operation) {
      case "mds.edit" -> Kind.EDIT;
      case "mds.redact" -> Kind.REDACTION;
      case "mds.react" -> Kind.REACTION;
      default -> Kind.MESSAGE;
    };
  }

  private static @Nullable Body bodyOf(String operation, JsonNode request) {
    switch (operation) {
      case "mds.redact":
        return null;
      case "mds.react":
        ObjectNode body = Json.object().put("type", "reaction");
        body.set("reaction", request.path("reaction"));
        if (request.path("remove").asBoolean()) {
          body.put("remove", true);
        }
        return Body.ofJson(body.toString());
      default:
        return Body.ofJson(request.path("body").toString());
    }
  }
}
