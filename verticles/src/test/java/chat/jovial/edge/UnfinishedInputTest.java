package chat.jovial.edge;

import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.edge.frames.CloseReason;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients without a session send and do not finish, as bytes on sockets. */
class UnfinishedInputTest {
  private static final int CONNECTIONS = 20;
  private static final byte[] HALF = new byte[100_000];

  /** A quarter of the budget. */
  private static final int MAX_ANONYMOUS = 256 * 1024;

  private final EdgeFixture fixture = new EdgeFixture(Map.of("edge.max_partial_mib", "1"));
  private final TestHttp http = new TestHttp(fixture.edge.httpPort());
  private final List<Socket> sockets = new ArrayList<>();

  enum Way {
    HTTP("POST /api/ums.user.verify HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n"),
    TCP("\0\3\0\0"),
    WEB_SOCKET(upgrade("/eventbus/websocket")),
    SOCK_JS(upgrade("/eventbus/000/half0001/websocket"));

    private final String head;

    Way(String head) {
      this.head = head;
    }

    private static String upgrade(String path) {
      return "GET "
          + path
          + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    }

    boolean isWebSocket() {
      return this == WEB_SOCKET || this == SOCK_JS;
    }
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource
  void half_messages_of_strangers_are_bounded_for_all_together(Way way) throws IOException {
    for (int i = 0; i < CONNECTIONS; i++) {
      try {
        OutputStream out = connect(way).getOutputStream();
        if (way.isWebSocket()) {
          out.write(new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0});
        }
        out.write(HALF);
      } catch (SocketException closed) {
        // Refused while it was sending.
      }
    }

    await("some are refused")
        .until(() -> fixture.count("jovial.edge.partial.refused"), refused -> refused >= 10);
    assertThat(fixture.gauge("jovial.edge.partial.bytes"))
        .isBetween(90_000.0, (double) MAX_ANONYMOUS);
    assertThat(http.ask(HttpMethod.GET, "/openapi.json", "").status()).isEqualTo(200);

    for (Socket socket : sockets) {
      socket.close();
    }
    await("what they had sent is forgotten")
        .until(() -> fixture.gauge("jovial.edge.partial.bytes"), bytes -> bytes == 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"WEB_SOCKET", "SOCK_JS"})
  void pings_whose_pongs_nobody_reads_close_the_connection(Way way) throws IOException {
    Socket socket = connect(way);
    socket.setSoTimeout(20_000);
    byte[] ping = new byte[131];
    ping[0] = (byte) 0x89;
    ping[1] = (byte) (0x80 | 125);
    byte[] many = new byte[500 * ping.length];
    for (int i = 0; i < 500; i++) {
      System.arraycopy(ping, 0, many, i * ping.length, ping.length);
    }
    OutputStream out = socket.getOutputStream();
    boolean closed = false;
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!closed && System.nanoTime() < deadline) {
      try {
        out.write(many);
      } catch (SocketException e) {
        closed = true;
      }
    }
    assertThat(closed).isTrue();
    assertThat(fixture.closed(CloseReason.RATE) + fixture.closed(CloseReason.TOO_SLOW))
        .isEqualTo(1);
  }

  @Test
  void an_operation_asked_for_by_get_names_the_method_that_is_allowed() throws IOException {
    String answer = ask("GET /api/mss.sync HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 405 ").containsIgnoringCase("\r\nallow: POST\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/a%", "/files/%2", "/api/%g0", "/?q=%zz"})
  void a_broken_escape_is_refused(String path) throws IOException {
    String answer = ask("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"invalid_request\"");
  }

  @Test
  void two_hosts_are_refused() throws IOException {
    String answer = ask("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("two Host headers");
  }

  @Test
  void a_client_that_waits_for_a_sign_gets_it_before_its_body() throws IOException {
    Socket socket = connect(Way.HTTP, "");
    write(
        socket,
        "POST /api/ums.user.verify HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
            + "Expect: 100-continue\r\nConnection: close\r\n\r\n");
    assertThat(readLine(socket)).isEqualTo("HTTP/1.1 100 Continue");
    write(socket, "{}");
    assertThat(rest(socket)).contains("HTTP/1.1 400 ");
  }

  @Test
  void a_body_that_comes_in_drops_is_refused() throws IOException {
    Socket socket = connect(Way.HTTP);
    write(socket, "{\"user_");
    socket.setSoTimeout(25_000);
    assertThat(rest(socket)).startsWith("HTTP/1.1 504 ").contains("comes too slowly");
  }

  private String ask(String request) throws IOException {
    return rest(connect(Way.HTTP, request));
  }

  private Socket connect(Way way) throws IOException {
    return connect(way, way.head);
  }

  private Socket connect(Way way, String head) throws IOException {
    int port = way == Way.TCP ? fixture.edge.tcpPort() : fixture.edge.httpPort();
    Socket socket = new Socket(TransportKind.HOST, port);
    sockets.add(socket);
    socket.setSoTimeout(10_000);
    write(socket, head);
    if (way.isWebSocket()) {
      assertThat(readLine(socket)).startsWith("HTTP/1.1 101 ");
    }
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String readLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    int c;
    while ((c = socket.getInputStream().read()) >= 0 && c != '\n') {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
