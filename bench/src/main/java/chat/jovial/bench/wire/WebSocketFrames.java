package chat.jovial.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageCodec;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;

/** JSON in text frames of a WebSocket. */
final class WebSocketFrames extends MessageToMessageCodec<WebSocketFrame, ByteBuf> {
  private final Client client;

  WebSocketFrames(Client client) {
    this.client = client;
  }

  @Override
  protected void encode(ChannelHandlerContext context, ByteBuf json, List<Object> out) {
    out.add(new TextWebSocketFrame(json.retain()));
  }

  @Override
  protected void decode(ChannelHandlerContext context, WebSocketFrame frame, List<Object> out) {
    if (frame instanceof CloseWebSocketFrame close) {
      client.setCloseReason(
          "the server closed with " + close.statusCode() + " " + close.reasonText());
      var unused = context.close();
    } else {
      out.add(frame.content().retain());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
      client.setOpened();
    }
    super.userEventTriggered(context, event);
  }
}
