package chat.jovial.server;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request that announces a whole file and breaks off in the middle of it, as networks do. */
final class CutRequest {
  private CutRequest() {}

  static void send(URI upload, String userToken, byte[] content, int bytes) throws IOException {
    String head =
        "PATCH "
            + upload.getRawPath()
            + " HTTP/1.1\r\nHost: "
            + upload.getAuthority()
            + "\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nAuthorization: Bearer "
            + userToken
            + "\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: "
            + content.length
            + "\r\n\r\n";
    try (Socket socket = new Socket(upload.getHost(), upload.getPort())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(content, 0, bytes);
    }
  }
}
