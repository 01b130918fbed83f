package chat.jovial.client.log;

import chat.jovial.client.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Buffer of receipts of conversations that the device does not know yet: they came while the first
 * sync was in progress, which may have read what was before them. Confined to the executor.
 */
final class EarlyReceipts {
  /** Whatever more there is, a later sync tells. */
  private static final int MAX_KEPT = 1_000;

  private final Map<String, List<JsonNode>> byConversation = new HashMap<>();
  private int kept;

  void keep(JsonNode event) {
    if (kept < MAX_KEPT) {
      kept++;
      byConversation
          .computeIfAbsent(Json.required(event, "conversation_id"), id -> new ArrayList<>())
          .add(event);
    }
  }

  /** Those of a conversation that is known now, oldest first. */
  List<JsonNode> take(String conversationId) {
    List<JsonNode> taken = byConversation.remove(conversationId);
    if (taken == null) {
      return List.of();
    }
    kept -= taken.size();
    return taken;
  }
}
