package chat.jovial.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what gives no notice. */
final class Await {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  /** Returns the address as soon as somebody accepts connections there. */
  static InetSocketAddress listening(InetSocketAddress address) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      try (Socket socket = new Socket()) {
        socket.connect(address);
        return address;
      } catch (IOException e) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    throw new AssertionError("Nobody listens on " + address);
  }
}
