package chat.jovial.bench.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the loopback address, against a server that accepts one connection at a time. */
class ProxyTest {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Proxy proxy = new Proxy();
  private ServerSocket server;
  private Route route;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    route = proxy.open(new InetSocketAddress("127.0.0.1", server.getLocalPort()));
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void passes_what_comes_both_ways() throws IOException {
    try (Socket client = connect();
        Socket accepted = server.accept()) {
      write(client, "there");
      assertThat(read(accepted, 5)).isEqualTo("there");
      write(accepted, "back");
      assertThat(read(client, 4)).isEqualTo("back");
      assertThat(route.isUsed()).isTrue();
    }
  }

  @Test
  void a_cut_closes_connections_and_refuses_new_ones_until_it_is_mended() throws IOException {
    try (Socket client = connect();
        Socket accepted = server.accept()) {
      write(client, "a");
      assertThat(read(accepted, 1)).isEqualTo("a");
      route.set(Flow.CUT);
      assertThat(isClosed(client)).isTrue();
      assertThat(isClosed(accepted)).isTrue();
    }
    try (Socket refused = connect()) {
      assertThat(isClosed(refused)).isTrue();
    }
    route.set(Flow.OPEN);
    passes_what_comes_both_ways();
  }

  @Test
  void what_is_held_arrives_when_it_is_let_go_and_not_before() throws IOException {
    route.set(Flow.HELD);
    try (Socket client = connect();
        Socket accepted = server.accept()) {
      write(client, "abc");
      accepted.setSoTimeout(300);
      assertThatThrownBy(() -> accepted.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      route.set(Flow.OPEN);
      accepted.setSoTimeout(PATIENCE_MILLIS);
      assertThat(read(accepted, 3)).isEqualTo("abc");
    }
  }

  @Test
  void a_slow_route_keeps_the_order_of_bytes_also_when_it_becomes_fast_again() throws IOException {
    StringBuilder sent = new StringBuilder();
    try (Socket client = connect();
        Socket accepted = server.accept()) {
      for (int i = 0; i < 200; i++) {
        if (i % 20 == 0) {
          route.set(i % 40 == 0 ? Flow.SLOW : Flow.OPEN, 100 - i / 4);
        }
        String part = i + ",";
        sent.append(part);
        write(client, part);
      }
      assertThat(read(accepted, sent.length())).isEqualTo(sent.toString());
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", route.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String read(Socket socket, int length) throws IOException {
    if (socket.getSoTimeout() == 0) {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
    byte[] bytes = socket.getInputStream().readNBytes(length);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static boolean isClosed(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return Assertions.fail("it is still open");
    } catch (IOException reset) {
      return true;
    }
  }
}
