package chat.jovial.server;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that begins to send a piece of an upload, and then sends no more. */
final class Stalling implements AutoCloseable {
  private final Socket socket;

  Stalling(int port, String userToken, String upload, byte[] bytes, int sent) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout((int) Api.PATIENCE.toMillis());
    String head =
        "PATCH %s HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nAuthorization: Bearer %s\r\n"
            + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n"
            + "Content-Length: %d\r\n\r\n";
    socket
        .getOutputStream()
        .write(head.formatted(upload, userToken, bytes.length).getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(bytes, 0, sent);
    socket.getOutputStream().flush();
  }

  /** False if the server says something instead. */
  boolean readUntilClosed() throws IOException {
    try {
      return socket.getInputStream().read() == -1;
    } catch (SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
