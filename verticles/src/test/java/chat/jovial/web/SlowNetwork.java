package chat.jovial.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The network between a browser and the server: as slow as a test wants it, or cut. */
final class SlowNetwork implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ServerSocket listening;
  private final int serverPort;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean isCut;
  private volatile int upBytesPerSecond;

  SlowNetwork(String server) {
    serverPort = URI.create(server).getPort();
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::acceptAll);
  }

  String address() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  /** What the browser sends comes no faster; 0 for no limit. */
  void slowDown(int bytesPerSecond) {
    upBytesPerSecond = bytesPerSecond;
  }

  /** Breaks what there is, and lets nothing through. */
  void cut() {
    isCut = true;
    sockets.forEach(SlowNetwork::closeQuietly);
  }

  void mend() {
    isCut = false;
  }

  private void acceptAll() {
    while (!listening.isClosed()) {
      try {
        Socket browser = listening.accept();
        if (isCut) {
          browser.close();
        } else {
          connect(browser);
        }
      } catch (IOException e) {
        // Closed, or a peer that is gone already.
      }
    }
  }

  private void connect(Socket browser) throws IOException {
    Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
    // Small, or a cut comes when all that was to be slow is in it; yet some of loopback's packets.
    browser.setReceiveBufferSize(4 * BUFFER_BYTES);
    browser.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    sockets.add(browser);
    sockets.add(server);
    start(() -> pump(browser, server, true));
    start(() -> pump(server, browser, false));
  }

  private void pump(Socket from, Socket to, boolean up) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        int pace = upBytesPerSecond;
        if (up && pace > 0) {
          // This is what is tested, not a wait for something else.
          TimeUnit.MICROSECONDS.sleep(TimeUnit.SECONDS.toMicros(read) / pace);
        }
        out.write(buffer, 0, read);
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

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "slow-network");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    cut();
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
