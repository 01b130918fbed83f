package chat.jovial.bench.wire;

import chat.jovial.contract.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageCodec;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * SockJS framing (protocol 0.3.3): {@code o}, {@code h}, {@code a["...",...]}, {@code
 * c[code,reason]} from the server, an array of strings to it.
 */
final class SockJsFrames extends MessageToMessageCodec<WebSocketFrame, ByteBuf> {
  private final Client client;

  SockJsFrames(Client client) {
    this.client = client;
  }

  @Override
  protected void encode(ChannelHandlerContext context, ByteBuf json, List<Object> out) {
    ArrayNode array = Json.MAPPER.createArrayNode().add(json.toString(StandardCharsets.UTF_8));
    out.add(new TextWebSocketFrame(array.toString()));
  }

  @Override
  protected void decode(ChannelHandlerContext context, WebSocketFrame frame, List<Object> out)
      throws IOException {
    if (frame instanceof CloseWebSocketFrame close) {
      client.setCloseReason(
          "the server closed with " + close.statusCode() + " " + close.reasonText());
      var unused = context.close();
      return;
    }
    String text = frame.content().toString(StandardCharsets.UTF_8);
    switch (text.isEmpty() ? 'h' : text.charAt(0)) {
      case 'o' -> client.setOpened();
      case 'a' -> {
        for (JsonNode json : Json.MAPPER.readTree(text.substring(1))) {
          out.add(Unpooled.copiedBuffer(json.asText(), StandardCharsets.UTF_8));
        }
      }
      case 'c' -> {
        client.setCloseReason("the server closed with " + text.substring(1));
        var unused = context.close();
      }
      default -> {
        // A heartbeat.
      }
    }
  }
}
