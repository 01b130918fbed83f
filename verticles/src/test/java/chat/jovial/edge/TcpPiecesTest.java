package chat.jovial.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Frames on TCP come in whatever pieces the network makes of them. */
class TcpPiecesTest {
  @Test
  void a_session_opens_from_a_frame_in_two_pieces_with_others_behind_it() throws Exception {
    try (EdgeFixture fixture = new EdgeFixture(Map.of())) {
      String token = fixture.tokens.userToken("ann", "phone");
      // With the token known, the request is answered while it is being read.
      for (int connection = 0; connection < 2; connection++) {
        try (Socket socket = new Socket("127.0.0.1", fixture.edge.tcpPort())) {
          socket.setTcpNoDelay(true);
          socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(TestClient.PATIENCE_SECONDS));
          byte[] open = frame("session.open", token, "1");
          byte[] ping = framed(new JsonObject().put("type", "ping"));
          ByteArrayOutputStream rest = new ByteArrayOutputStream();
          rest.write(open, 4, open.length - 4);
          rest.write(ping);
          socket.getOutputStream().write(open, 0, 4);
          socket.getOutputStream().flush();
          socket.getOutputStream().write(rest.toByteArray());
          DataInputStream in = new DataInputStream(socket.getInputStream());
          assertThat(next(in).getString("address")).isEqualTo("1");
          assertThat(next(in).getString("type")).isEqualTo("pong");
        }
      }
    }
  }

  private static byte[] frame(String operation, String token, String reply) throws IOException {
    return framed(
        new JsonObject()
            .put("type", "send")
            .put("address", operation)
            .put("replyAddress", reply)
            .put("body", new JsonObject().put("user_token", token)));
  }

  private static byte[] framed(JsonObject json) throws IOException {
    byte[] bytes = json.encode().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DataOutputStream(out).writeInt(bytes.length);
    out.write(bytes);
    return out.toByteArray();
  }

  private static JsonObject next(DataInputStream in) throws IOException {
    return new JsonObject(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
  }
}
