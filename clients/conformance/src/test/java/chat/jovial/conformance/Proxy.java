package chat.jovial.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Proxy for the network between one device and the server, which a scenario cuts, delays and heals:
 * one way to the TCP bridge and one to HTTP.
 */
final class Proxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ServerSocket tcp;
  private final ServerSocket http;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean isCut;
  private volatile boolean losesReplies;
  private volatile long delayMillis;

  Proxy(int tcpPort, int httpPort) {
    tcp = listen(tcpPort);
    http = listen(httpPort);
  }

  private ServerSocket listen(int serverPort) {
    try {
      ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      start(() -> acceptAll(listening, serverPort));
      return listening;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String tcpAddress() {
    return "127.0.0.1:" + tcp.getLocalPort();
  }

  String httpAddress() {
    return "http://127.0.0.1:" + http.getLocalPort();
  }

  /** Breaks what there is, and lets nothing through. */
  void cut() {
    isCut = true;
    closeSockets();
  }

  /** What was cut is whole again; delays stay. */
  void mend() {
    isCut = false;
  }

  /** Everything passes again; connections that had lost something are broken. */
  void heal() {
    boolean wasLosing = losesReplies;
    isCut = false;
    losesReplies = false;
    delayMillis = 0;
    if (wasLosing) {
      closeSockets();
    }
  }

  /** What the device says arrives, what the server answers does not. */
  void loseReplies() {
    losesReplies = true;
  }

  /** Each piece of data takes so much longer, either way. */
  void delay(long millis) {
    delayMillis = millis;
  }

  private void acceptAll(ServerSocket listening, int serverPort) {
    while (!listening.isClosed()) {
      try {
        Socket device = listening.accept();
        if (isCut) {
          device.close();
        } else {
          connect(device, serverPort);
        }
      } catch (IOException e) {
        // Closed, or a peer that is gone already.
      }
    }
  }

  private void connect(Socket device, int serverPort) throws IOException {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
    } catch (IOException e) {
      device.close();
      return;
    }
    device.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    sockets.add(device);
    sockets.add(server);
    start(() -> pump(device, server, false));
    start(() -> pump(server, device, true));
  }

  private void pump(Socket from, Socket to, boolean replies) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (delayMillis > 0) {
          // This is what is tested, not a wait for something else.
          TimeUnit.MILLISECONDS.sleep(delayMillis);
        }
        if (!(replies && losesReplies)) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException e) {
      // One of the two has ended the connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeQuietly(from);
    closeQuietly(to);
    sockets.remove(from);
    sockets.remove(to);
  }

  private void closeSockets() {
    sockets.forEach(Proxy::closeQuietly);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    isCut = true;
    try {
      tcp.close();
      http.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    closeSockets();
  }
}
