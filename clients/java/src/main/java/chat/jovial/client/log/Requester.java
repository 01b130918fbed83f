package chat.jovial.client.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;

/** Way to the server for requests, whose futures always complete, on the executor. */
public interface Requester {
  CompletableFuture<JsonNode> request(String operation, ObjectNode body);

  boolean isOpen();

  /** For HTTP; the newest. */
  String userToken();
}
