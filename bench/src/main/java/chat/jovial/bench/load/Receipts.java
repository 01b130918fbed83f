package chat.jovial.bench.load;

import chat.jovial.bench.wire.Client;
import chat.jovial.contract.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Acknowledges all that a reader gets, as kits do: one acknowledgement on its way at a time, the
 * next one for whatever has come meanwhile. Confined to the connection's event loop.
 */
final class Receipts {
  private final String conversationId;
  private final Window window;
  private long newest;
  private long acknowledged;
  private boolean onItsWay;

  Receipts(String conversationId, Window window) {
    this.conversationId = conversationId;
    this.window = window;
  }

  void received(Client reader, long seq) {
    newest = Math.max(newest, seq);
    if (!onItsWay && newest > acknowledged) {
      send(reader, newest);
    }
  }

  private void send(Client reader, long upto) {
    onItsWay = true;
    ObjectNode ack =
        Json.MAPPER
            .createObjectNode()
            .put("conversation_id", conversationId)
            .put("delivered_upto", upto)
            .put("read_upto", upto);
    var unused =
        reader
            .call("mds.ack", ack)
            .whenComplete(
                (done, failure) -> {
                  onItsWay = false;
                  if (failure == null) {
                    acknowledged = upto;
                  } else {
                    window.noteError("mds.ack: " + failure.getMessage());
                  }
                  if (failure == null && newest > upto) {
                    send(reader, newest);
                  }
                });
  }
}
