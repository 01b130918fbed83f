package chat.jovial.client;

import chat.jovial.client.json.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP side of the scripted server: tus and downloads in memory, and what is to go wrong. */
final class ScriptedFiles implements AutoCloseable {
  /** The only one that opens files. */
  static final String TOKEN = "e30.eyJncmFudCI6eyJjb252ZXJzYXRpb25faWQiOiJkLmFubi5ib2IifX0.new";

  /** The same conversation in it, but it has ended. */
  static final String OLD_TOKEN = "e30.eyJncmFudCI6eyJjb252ZXJzYXRpb25faWQiOiJkLmFubi5ib2IifX0.old";

  final Map<String, byte[]> files = new ConcurrentHashMap<>();
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** Requests that break off after so many bytes: positive once for each. */
  final AtomicInteger cuts = new AtomicInteger();

  /** Requests answered 503. */
  final AtomicInteger refusals = new AtomicInteger();

  volatile int cutAfter = 1000;

  /** Told to every upload that begins, instead of 201. */
  volatile int createStatus = 201;

  private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
  private final Map<String, Integer> lengths = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  ScriptedFiles() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/files", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  long countOf(String method) {
    return requests.stream().filter(each -> each.startsWith(method + " ")).count();
  }

  /** Forgets what was not finished, as a sweeper does. */
  void sweep() {
    uploads.clear();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().replaceFirst("^/files(/tus)?/?", "");
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
    if (refusals.get() > 0 && refusals.getAndDecrement() > 0) {
      answer(exchange, 503, Json.object().put("code", "try_again").toString().getBytes(UTF_8));
      return;
    }
    switch (exchange.getRequestMethod()) {
      case "POST" -> create(exchange);
      case "HEAD" -> look(exchange, id);
      case "PATCH" -> append(exchange, id);
      case "DELETE" -> {
        uploads.remove(id);
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
      }
      default -> download(exchange, id);
    }
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

  private void create(HttpExchange exchange) throws IOException {
    if (createStatus != 201) {
      answer(
          exchange,
          createStatus,
          "{\"code\":\"too_large\",\"detail\":\"too large\"}".getBytes(UTF_8));
      return;
    }
    String id = "f" + next.incrementAndGet();
    int length = Integer.parseInt(exchange.getRequestHeaders().getFirst("Upload-Length"));
    uploads.put(id, new ByteArrayOutputStream());
    lengths.put(id, length);
    completeIfWhole(id);
    exchange.getResponseHeaders().set("Location", "/files/tus/" + id);
    exchange.sendResponseHeaders(201, -1);
    exchange.close();
  }

  private void look(HttpExchange exchange, String id) throws IOException {
    byte[] whole = files.get(id);
    ByteArrayOutputStream held = uploads.get(id);
    if (whole == null && held == null) {
      exchange.sendResponseHeaders(404, -1);
    } else {
      int offset = whole == null && held != null ? held.size() : whole == null ? 0 : whole.length;
      exchange.getResponseHeaders().set("Upload-Offset", Integer.toString(offset));
      exchange.sendResponseHeaders(200, -1);
    }
    exchange.close();
  }

  private void append(HttpExchange exchange, String id) throws IOException {
    ByteArrayOutputStream held = uploads.get(id);
    if (held == null) {
      answer(exchange, 404, new byte[0]);
      return;
    }
    int offset = Integer.parseInt(exchange.getRequestHeaders().getFirst("Upload-Offset"));
    if (offset != held.size()) {
      answer(exchange, 409, new byte[0]);
      return;
    }
    if (cuts.get() > 0 && cuts.getAndDecrement() > 0) {
      held.writeBytes(exchange.getRequestBody().readNBytes(cutAfter));
      exchange.close();
      return;
    }
    held.writeBytes(exchange.getRequestBody().readAllBytes());
    int reached = held.size();
    completeIfWhole(id);
    exchange.getResponseHeaders().set("Upload-Offset", Integer.toString(reached));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private void completeIfWhole(String id) {
    ByteArrayOutputStream held = uploads.get(id);
    if (held != null && held.size() == lengths.getOrDefault(id, -1)) {
      files.put(id, held.toByteArray());
      uploads.remove(id);
    }
  }

  private void download(HttpExchange exchange, String id) throws IOException {
    byte[] file = files.get(id);
    if (file == null) {
      answer(exchange, 404, "{\"code\":\"not_found\",\"detail\":\"no such file\"}".getBytes(UTF_8));
      return;
    }
    if (!exchange.getRequestURI().getQuery().equals("token=" + TOKEN)) {
      answer(exchange, 403, "{\"code\":\"forbidden\",\"detail\":\"expired\"}".getBytes(UTF_8));
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    byte[] rest = Arrays.copyOfRange(file, from, file.length);
    exchange.sendResponseHeaders(range == null ? 200 : 206, rest.length == 0 ? -1 : rest.length);
    if (cuts.get() > 0 && cuts.getAndDecrement() > 0) {
      exchange.getResponseBody().write(rest, 0, cutAfter);
      exchange.getResponseBody().flush();
    } else if (rest.length > 0) {
      exchange.getResponseBody().write(rest);
    }
    exchange.close();
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
