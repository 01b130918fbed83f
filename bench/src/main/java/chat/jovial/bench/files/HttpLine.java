package chat.jovial.bench.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One HTTP/1.1 connection, as plain as can be: the program shares its cores with the servers that
 * it measures. Blocks its one thread, never for longer than {@link #SILENCE_MILLIS} without a byte.
 */
final class HttpLine implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;

  /** A server that says nothing for so long is broken. */
  private static final int SILENCE_MILLIS = 60_000;

  private static final int BUFFER_BYTES = 256 * 1024;
  private static final int MAX_HEAD_BYTES = 16 * 1024;

  private final Socket socket;
  private final String host;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  /** Bytes of the buffer that were read and not given out yet. */
  private int from;

  private int to;

  private HttpLine(Socket socket, InetSocketAddress server) throws IOException {
    this.socket = socket;
    this.host = server.getHostString() + ":" + server.getPort();
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  static HttpLine open(InetSocketAddress server) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(SILENCE_MILLIS);
      socket.connect(
          new InetSocketAddress(server.getHostString(), server.getPort()), CONNECT_MILLIS);
      return new HttpLine(socket, server);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** What a response's body is given to, piece by piece, in order. */
  interface Sink {
    void take(int at, byte[] bytes, int offset, int length) throws IOException;
  }

  /**
   * The head of a response.
   *
   * @param headers by their names in lower case
   */
  record Head(int status, Map<String, String> headers) {
    String header(String name) throws IOException {
      String value = headers.get(name);
      if (value == null) {
        throw new IOException("A response with status " + status + " lacks the header " + name);
      }
      return value;
    }
  }

  /** Writes a request's head; its body, if it has one, is the caller's to write. */
  void request(String method, String path, Map<String, String> headers) throws IOException {
    StringBuilder head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(host).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  /** Whether the server has said something already, for who still writes. */
  boolean hasAnswer() throws IOException {
    return from < to || in.available() > 0;
  }

  /** Reads a response's head, and passes over those that only say to go on. */
  Head head() throws IOException {
    Head head = oneHead();
    while (head.status() < 200) {
      head = oneHead();
    }
    return head;
  }

  private Head oneHead() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      text.append((char) next());
      if (text.length() > MAX_HEAD_BYTES) {
        throw new IOException("The head of a response has no end");
      }
    }
    String[] lines = text.toString().split("\r\n");
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    return new Head(Integer.parseInt(lines[0].split(" ")[1]), headers);
  }

  private int next() throws IOException {
    if (from == to) {
      fill();
    }
    return buffer[from++] & 0xff;
  }

  private void fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer, 0, buffer.length));
    if (to == 0) {
      throw new EOFException("The server closed the connection");
    }
  }

  /** Reads a response's body to its end; it must say how long it is. */
  void body(Head head, Sink sink) throws IOException {
    if (head.status() == 204) {
      return;
    }
    int length = Integer.parseInt(head.header("content-length"));
    int at = 0;
    while (at < length) {
      if (from == to) {
        fill();
      }
      int piece = Math.min(length - at, to - from);
      sink.take(at, buffer, from, piece);
      from += piece;
      at += piece;
    }
  }

  /** A short body as text. */
  String text(Head head) throws IOException {
    StringBuilder text = new StringBuilder();
    body(
        head,
        (at, bytes, offset, length) ->
            text.append(new String(bytes, offset, length, StandardCharsets.ISO_8859_1)));
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
