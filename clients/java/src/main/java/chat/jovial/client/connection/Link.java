package chat.jovial.client.connection;

import chat.jovial.client.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * TCP connection, plain or TLS: frames of a big-endian int32 length and as many bytes of JSON. Its
 * own thread connects and then reads; the listener is called on the executor. A link is used once.
 *
 * <p>The reader is also the watchdog: when nothing at all comes for the silence allowed (the kit
 * pings more often than that) it closes the socket, which also frees a writer that is stuck.
 */
public final class Link {
  /** Longer than any frame that a server sends; a wrong length must not take the memory. */
  private static final int MAX_FRAME_BYTES = 32 * 1024 * 1024;

  /** Frames read and not yet handled; beyond it the reader waits, and with it the server. */
  private static final int MAX_UNHANDLED_FRAMES = 1024;

  /** What happens to a link; on whatever executor was given. */
  public interface Listener {
    void handleConnected(Link link);

    void handleFrame(Link link, JsonNode frame);

    /** Once, also if it never connected. */
    void handleClosed(Link link, Closed closed);
  }

  private final Endpoint endpoint;
  private final @Nullable SSLSocketFactory tls;
  private final Duration connectTimeout;
  private final Duration maxSilence;
  private final Executor executor;
  private final Listener listener;
  private final Semaphore unhandled = new Semaphore(MAX_UNHANDLED_FRAMES);
  private final Socket socket = new Socket();
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private volatile @Nullable OutputStream out;
  private volatile boolean closing;

  public Link(
      Endpoint endpoint,
      @Nullable SSLSocketFactory tls,
      Duration connectTimeout,
      Duration maxSilence,
      Executor executor,
      Listener listener) {
    this.endpoint = endpoint;
    this.tls = tls;
    this.connectTimeout = connectTimeout;
    this.maxSilence = maxSilence;
    this.executor = executor;
    this.listener = listener;
  }

  /** Begins to connect. */
  public void start() {
    Thread thread = new Thread(this::run, "jovial-reader-" + endpoint);
    thread.setDaemon(true);
    thread.start();
  }

  /** On the executor: the frame goes out with the next {@link #flush}. */
  public void write(ObjectNode frame) {
    byte[] json = Json.bytes(frame);
    int length = json.length;
    pending.write(length >>> 24);
    pending.write(length >>> 16);
    pending.write(length >>> 8);
    pending.write(length);
    pending.write(json, 0, length);
  }

  /** On the executor: sends what was written. A failure shows as the end of the link. */
  public void flush() {
    OutputStream to = out;
    if (pending.size() == 0 || to == null) {
      return;
    }
    try {
      pending.writeTo(to);
      to.flush();
    } catch (IOException e) {
      close();
    }
    pending.reset();
  }

  /** Any thread. Not politely: a TLS farewell would wait for a writer that is stuck. */
  public void close() {
    closing = true;
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  private void run() {
    Closed closed;
    try {
      closed = connectAndRead();
    } catch (SocketTimeoutException e) {
      closed = Closed.broken(out == null ? "no answer from " + endpoint : "the server is silent");
    } catch (IOException e) {
      closed = Closed.broken(closing ? "closed here" : describe(e));
    } catch (InterruptedException e) {
      closed = Closed.broken("interrupted");
    }
    close();
    Closed why = closed;
    executor.execute(() -> listener.handleClosed(this, why));
  }

  private String describe(IOException e) {
    return out == null
        ? "cannot reach " + endpoint + ": " + e.getMessage()
        : "the connection broke";
  }

  private Closed connectAndRead() throws IOException, InterruptedException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) maxSilence.toMillis());
    socket.connect(
        new InetSocketAddress(endpoint.host(), endpoint.port()), (int) connectTimeout.toMillis());
    Socket used = tls == null ? socket : shakeHands(tls);
    out = used.getOutputStream();
    executor.execute(() -> listener.handleConnected(this));
    DataInputStream in = new DataInputStream(new BufferedInputStream(used.getInputStream()));
    while (true) {
      JsonNode frame = readFrame(in);
      Closed closed = closedBy(frame);
      if (closed != null) {
        return closed;
      }
      unhandled.acquire();
      executor.execute(
          () -> {
            unhandled.release();
            listener.handleFrame(this, frame);
          });
    }
  }

  private Socket shakeHands(SSLSocketFactory factory) throws IOException {
    SSLSocket secure =
        (SSLSocket) factory.createSocket(socket, endpoint.host(), endpoint.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  private static JsonNode readFrame(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_FRAME_BYTES) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] json = in.readNBytes(length);
    if (json.length < length) {
      throw new IOException("the connection ended within a frame");
    }
    return Json.read(json);
  }

  private static @Nullable Closed closedBy(JsonNode frame) {
    if (!"err".equals(frame.path("type").textValue()) || frame.has("address")) {
      return null;
    }
    JsonNode code = frame.path("details").path("close_code");
    return code.isInt() ? new Closed(code.intValue(), Json.failure(frame).detail()) : null;
  }
}
