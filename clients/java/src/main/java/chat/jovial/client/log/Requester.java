package chat.jovial.client.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;

/** Asks the server; the future completes on the executor, always. */
public interface Requester {
  CompletableFuture<JsonNode> request(String operation, ObjectNode body);

  boolean isOpen();
}
