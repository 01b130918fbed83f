package chat.jovial.fss;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * Speaks INSTREAM as clamd does, and is no scanner: it finds one test text, or answers whatever it
 * was told to. For what the real daemon cannot be brought to do, and where it is not installed.
 */
final class ClamdDouble implements AutoCloseable {
  private static final String COMMAND = "zINSTREAM\0";

  /** Instead of what it finds; nothing at all if it is empty. */
  volatile @Nullable String answer;

  /** What it was sent last. */
  volatile Buffer scanned = Buffer.buffer();

  private final NetServer server;

  ClamdDouble(Vertx vertx) {
    server = vertx.createNetServer().connectHandler(this::serve);
    server.listen(0, "127.0.0.1").await();
  }

  int port() {
    return server.actualPort();
  }

  private void serve(NetSocket socket) {
    Buffer received = Buffer.buffer();
    socket.handler(
        bytes -> {
          received.appendBuffer(bytes);
          Buffer content = content(received);
          if (content != null) {
            scanned = content;
            String told = answer;
            String verdict = told == null ? verdict(content) : told;
            if (!verdict.isEmpty()) {
              socket.write(verdict + "\0");
            }
          }
        });
  }

  private static String verdict(Buffer content) {
    return content.toString("ISO-8859-1").contains(Clamd.HARMFUL)
        ? "stream: Jovial.Test FOUND"
        : "stream: OK";
  }

  /** All pieces together; null until the last one is there. */
  private static @Nullable Buffer content(Buffer received) {
    Buffer content = Buffer.buffer();
    int at = COMMAND.length();
    while (received.length() >= at + Integer.BYTES) {
      int length = received.getInt(at);
      at += Integer.BYTES;
      if (length == 0) {
        return content;
      }
      if (received.length() < at + length) {
        return null;
      }
      content.appendBuffer(received, at, length);
      at += length;
    }
    return null;
  }

  @Override
  public void close() {
    server.close().await();
  }
}
