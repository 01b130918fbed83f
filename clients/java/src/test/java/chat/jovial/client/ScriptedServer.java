package chat.jovial.client;

import chat.jovial.client.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A server for fast tests: speaks the TCP protocol and keeps logs in memory, and does what a test
 * wants to go wrong. What the kit does with the real server is seen by the conformance suite.
 */
final class ScriptedServer implements AutoCloseable {
  /** What a test does instead of the usual; null goes on as usual. */
  interface Script extends Function<JsonNode, @Nullable Outcome> {}

  enum Outcome {
    /** Done, but the answer is lost and the connection too. */
    LOSE_REPLY,
    /** Never answered. */
    SILENCE,
    TRY_AGAIN,
    FORBIDDEN,
    CLOCK_AHEAD
  }

  private final ServerSocket listening;
  private final List<Peer> peers = new CopyOnWriteArrayList<>();
  private final Map<String, TreeMap<Long, ObjectNode>> logs = new HashMap<>();
  private final Map<String, long[]> watermarks = new HashMap<>();
  final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  final Map<String, Script> scripts = new HashMap<>();

  /** What it knows of files, by their ids. */
  final Map<String, ObjectNode> files = new ConcurrentHashMap<>();

  volatile boolean refusesTokens;
  volatile boolean losesPushes;

  ScriptedServer() {
    this(ServerSocketFactory.getDefault());
  }

  ScriptedServer(ServerSocketFactory sockets) {
    try {
      listening = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::acceptAll);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** A token that says whose it is. */
  static String token(String userId, String deviceId) {
    String claims =
        Json.object().put("sub", userId).put("device_id", deviceId).put("exp", 4e9).toString();
    return "e30."
        + Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".sig";
  }

  /** Breaks all connections. */
  void cut() {
    peers.forEach(Peer::close);
  }

  /** Closes all connections as the server does on TCP: with a last error that has the code. */
  void closeAll(int code, String message) {
    for (Peer peer : peers) {
      ObjectNode last = Json.object().put("type", "err").put("message", message);
      last.putObject("details").put("close_code", code);
      peer.send(last);
      peer.close();
    }
  }

  /** Puts an entry into a log, as another device would, and pushes it. */
  /** How far the server's clock is ahead of this machine's. */
  volatile Duration ahead = Duration.ZERO;

  /** Where the server says that it serves HTTP; null if it does not. */
  volatile @Nullable String httpUrl;

  synchronized ObjectNode append(String conversationId, String senderId, ObjectNode fields) {
    TreeMap<Long, ObjectNode> log = log(conversationId);
    long seq = log.size() + 1;
    ObjectNode entry = Json.object().put("conversation_id", conversationId).put("seq", seq);
    entry.put("sender_id", senderId).put("device_id", "other").put("kind", "message");
    entry.put("client_id", "c" + seq).put("stored_at", Instant.now().toString());
    entry.setAll(fields);
    log.put(seq, entry);
    if (!losesPushes) {
      push(conversationId, entry, null);
    }
    return entry;
  }

  static ObjectNode text(String text) {
    ObjectNode fields = Json.object();
    fields.putObject("body").put("type", "text").put("text", text);
    return fields;
  }

  void tell(ObjectNode event) {
    peers.forEach(peer -> peer.event(event));
  }

  synchronized List<ObjectNode> logOf(String conversationId) {
    return List.copyOf(log(conversationId).values());
  }

  long countOf(String operation) {
    return requests.stream().filter(each -> isFor(each, operation)).count();
  }

  static boolean isFor(JsonNode request, String operation) {
    return operation.equals(Json.text(request, "address"));
  }

  private TreeMap<Long, ObjectNode> log(String conversationId) {
    return logs.computeIfAbsent(conversationId, id -> new TreeMap<>());
  }

  private void push(String conversationId, ObjectNode entry, @Nullable Peer origin) {
    for (Peer peer : peers) {
      if (peer != origin && peer.userId != null && conversationId.contains(peer.userId)) {
        peer.event(entry.deepCopy().put("event", "message"));
      }
    }
  }

  /** Up to where a user's devices have acknowledged. */
  synchronized long delivered(String conversationId, String userId) {
    return watermarks.getOrDefault(conversationId + " " + userId, new long[2])[0];
  }

  private synchronized ObjectNode answer(Peer peer, String operation, JsonNode body) {
    String me = peer.userId == null ? "" : peer.userId;
    return switch (operation) {
      case "session.open" -> open(peer, body);
      case "ums.user.refresh" ->
          Json.object().put("user_token", token("ann", "d1")).put("refresh_token", "next");
      case "ums.user.login" ->
          Json.object()
              .put("user_token", token("ann", "d1"))
              .put("device_id", Json.textOr(body, "device_id", "d" + requests.size()))
              .put("device_secret", "secret " + requests.size());
      case "mds.send" -> {
        String other = Json.required(body.path("to"), "user_id");
        String id = me.compareTo(other) <= 0 ? "d." + me + "." + other : "d." + other + "." + me;
        yield store(peer, id, "message", body);
      }
      case "mds.edit" -> store(peer, Json.required(body, "conversation_id"), "edit", body);
      case "mds.redact" -> store(peer, Json.required(body, "conversation_id"), "redaction", body);
      case "mds.react" -> {
        ObjectNode reaction = Json.object();
        ObjectNode said = reaction.putObject("body").put("type", "reaction");
        said.setAll((ObjectNode) body);
        reaction.set("target", body.path("target"));
        reaction.set("client_id", body.path("client_id"));
        yield store(peer, Json.required(body, "conversation_id"), "reaction", reaction);
      }
      case "mss.history" -> history(body);
      case "mss.sync" -> sync(me, body);
      case "mds.ack" -> {
        long[] mark =
            watermarks.computeIfAbsent(
                Json.required(body, "conversation_id") + " " + me, key -> new long[2]);
        mark[0] = Math.max(mark[0], Json.numberOr(body, "delivered_upto", 0));
        mark[1] = Math.max(mark[1], Json.numberOr(body, "read_upto", 0));
        yield Json.object();
      }
      case "fss.file.get" ->
          files.getOrDefault(Json.required(body, "file_id"), Json.object().put("size", 0));
      case "fss.token.create" -> Json.object().put("file_token", ScriptedFiles.TOKEN);
      default -> Json.object();
    };
  }

  private ObjectNode open(Peer peer, JsonNode body) {
    String[] parts = Json.required(body, "user_token").split("\\.", -1);
    JsonNode claims =
        Json.read(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
    peer.userId = Json.required(claims, "sub");
    ObjectNode opened =
        Json.object()
            .put("user_id", peer.userId)
            .put("device_id", Json.required(claims, "device_id"))
            .put("server_time", Instant.now().plus(ahead).toString())
            .put("ping_interval_ms", 10_000);
    Json.putText(opened, "http_url", httpUrl);
    return opened;
  }

  private ObjectNode store(Peer peer, String id, String kind, JsonNode body) {
    String clientId = Json.required(body, "client_id");
    TreeMap<Long, ObjectNode> log = log(id);
    for (ObjectNode held : log.values()) {
      if (clientId.equals(Json.text(held, "client_id"))) {
        return stored(held).put("duplicate", true);
      }
    }
    ObjectNode fields = Json.object().put("kind", kind).put("client_id", clientId);
    for (String name : new String[] {"body", "target", "reply_to"}) {
      if (body.has(name)) {
        fields.set(name, body.get(name));
      }
    }
    long seq = log.size() + 1;
    ObjectNode entry = Json.object().put("conversation_id", id).put("seq", seq);
    entry.put("sender_id", String.valueOf(peer.userId)).put("device_id", "d1");
    entry.put("stored_at", Instant.now().toString());
    entry.setAll(fields);
    log.put(seq, entry);
    push(id, entry, peer);
    return stored(entry);
  }

  private static ObjectNode stored(ObjectNode entry) {
    ObjectNode reply = Json.object();
    for (String name : new String[] {"conversation_id", "seq", "client_id", "stored_at"}) {
      reply.set(name, entry.get(name));
    }
    return reply;
  }

  private ObjectNode history(JsonNode body) {
    TreeMap<Long, ObjectNode> log = log(Json.required(body, "conversation_id"));
    int limit = (int) Json.numberOr(body, "limit", 50);
    Long after = Json.number(body, "after");
    List<ObjectNode> found;
    if (after != null) {
      found = log.tailMap(after, false).values().stream().limit(limit).toList();
    } else {
      long before = Json.numberOr(body, "before", Long.MAX_VALUE);
      List<ObjectNode> below = new ArrayList<>(log.headMap(before, false).values());
      found = below.subList(Math.max(0, below.size() - limit), below.size());
    }
    ObjectNode reply = Json.object().put("more", false);
    ArrayNode entries = reply.putArray("entries");
    found.forEach(entries::add);
    return reply;
  }

  /** All conversations each time, with the newest 50 entries above what the device has. */
  private ObjectNode sync(String me, JsonNode body) {
    ObjectNode reply = Json.object().put("cursor", "c").put("more", false);
    ArrayNode conversations = reply.putArray("conversations");
    ArrayNode entries = reply.putArray("entries");
    logs.forEach(
        (id, log) -> {
          if (log.isEmpty() || !id.contains(me)) {
            return;
          }
          long[] mark = watermarks.getOrDefault(id + " " + me, new long[2]);
          long last = log.lastKey();
          ObjectNode conversation = conversations.addObject().put("conversation_id", id);
          conversation
              .put("last_seq", last)
              .put("delivered_upto", mark[0])
              .put("read_upto", mark[1]);
          conversation.put(
              "unread",
              log.tailMap(mark[1], false).values().stream()
                  .filter(entry -> !me.equals(Json.text(entry, "sender_id")))
                  .count());
          long have = body.path("have").path(id).asLong(0);
          log.tailMap(Math.max(have, last - 50), false).values().forEach(entries::add);
        });
    return reply;
  }

  private void acceptAll() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Peer peer = new Peer(socket);
        peers.add(peer);
        start(peer::readAll);
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  private final class Peer {
    private final Socket socket;
    private volatile @Nullable String userId;

    Peer(Socket socket) {
      this.socket = socket;
    }

    void readAll() {
      try {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
          handle(Json.read(in.readNBytes(in.readInt())));
        }
      } catch (IOException e) {
        peers.remove(this);
      }
    }

    private void handle(JsonNode frame) {
      if (!"send".equals(Json.text(frame, "type"))) {
        return;
      }
      requests.add(frame);
      String operation = Json.required(frame, "address");
      String replyTo = Json.required(frame, "replyAddress");
      if (refusesTokens && operation.equals("session.open")) {
        error(replyTo, 401, "unauthenticated: this token is over", null);
        return;
      }
      Script script = scripts.get(operation);
      Outcome outcome = script == null ? null : script.apply(frame.path("body"));
      if (outcome == Outcome.SILENCE) {
        return;
      }
      if (outcome == Outcome.TRY_AGAIN) {
        error(replyTo, 503, "try_again: later", Json.object().put("retry_after_ms", 1));
        return;
      }
      if (outcome == Outcome.FORBIDDEN) {
        error(replyTo, 403, "forbidden: not you", null);
        return;
      }
      if (outcome == Outcome.CLOCK_AHEAD) {
        error(
            replyTo,
            400,
            "invalid_request: client_id is from the future",
            Json.object().put("server_time", Instant.now().toString()));
        return;
      }
      ObjectNode body = answer(this, operation, frame.path("body"));
      if (outcome == Outcome.LOSE_REPLY) {
        close();
        return;
      }
      ObjectNode reply = Json.object().put("type", "message").put("address", replyTo);
      reply.set("body", body);
      send(reply);
    }

    private void error(String to, int status, String message, @Nullable ObjectNode details) {
      ObjectNode error = Json.object().put("type", "err").put("address", to);
      error.put("failureCode", status).put("message", message);
      if (details != null) {
        error.set("details", details);
      }
      send(error);
    }

    void event(ObjectNode event) {
      ObjectNode frame = Json.object().put("type", "message").put("address", "inbox");
      frame.set("body", event);
      send(frame);
    }

    synchronized void send(ObjectNode frame) {
      try {
        byte[] json = Json.bytes(frame);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        byte[] all = ByteBuffer.allocate(4 + json.length).putInt(json.length).put(json).array();
        out.write(all);
        out.flush();
      } catch (IOException e) {
        close();
      }
    }

    void close() {
      peers.remove(this);
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
