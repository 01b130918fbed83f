package chat.jovial.server;

import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A native client on a plain socket. */
final class TcpPeer extends BridgePeer {
  private final Socket socket;
  private final DataOutputStream out;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  TcpPeer(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    out = new DataOutputStream(socket.getOutputStream());
    Thread reader = new Thread(this::read, "tcp-peer");
    reader.setDaemon(true);
    reader.start();
  }

  @Override
  void send(JsonObject frame) {
    byte[] bytes = frame.encode().getBytes(StandardCharsets.UTF_8);
    try {
      out.writeInt(bytes.length);
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when the connection is over, whoever ended it. */
  void awaitClosed() {
    closed.orTimeout(Api.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private void read() {
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (true) {
        byte[] bytes = in.readNBytes(in.readInt());
        receive(new JsonObject(new String(bytes, StandardCharsets.UTF_8)));
      }
    } catch (EOFException | SocketException e) {
      closed.complete(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
