package chat.jovial.client.connection;

import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.executor.Timer;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.JovialException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Registry of one connection's requests that wait for their replies. Each completes: by its reply,
 * by its timeout, or when the connection ends. Confined to the executor, on which the futures
 * complete.
 */
final class Requests {
  /** Timeouts need not be exact. */
  private static final Duration SWEEP = Duration.ofMillis(500);

  /** More waiting at once is a mistake of the requester's; the server answers 64 at a time. */
  private static final int MAX_WAITING = 10_000;

  private record Waiting(CompletableFuture<JsonNode> reply, long deadlineNanos) {}

  private final SerialExecutor executor;
  private final Duration timeout;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private long lastId;
  private @Nullable Timer sweep;

  Requests(SerialExecutor executor, Duration timeout) {
    this.executor = executor;
    this.timeout = timeout;
  }

  /** The frame to send for a request, whose reply then completes the future. */
  ObjectNode frame(String operation, ObjectNode body, CompletableFuture<JsonNode> reply) {
    String id = Long.toString(++lastId);
    if (waiting.size() >= MAX_WAITING) {
      reply.completeExceptionally(
          new JovialException(
              "rate_limited", "more than " + MAX_WAITING + " requests wait for their replies"));
    } else {
      waiting.put(id, new Waiting(reply, System.nanoTime() + timeout.toNanos()));
      if (sweep == null) {
        sweep = executor.after(SWEEP, this::sweep);
      }
    }
    ObjectNode frame = Json.object();
    frame.put("type", "send").put("address", operation).put("replyAddress", id);
    frame.set("body", body);
    return frame;
  }

  void handleReply(String id, JsonNode body) {
    Waiting one = waiting.remove(id);
    if (one != null) {
      one.reply.complete(body);
    }
  }

  void handleError(String id, JovialException failure) {
    Waiting one = waiting.remove(id);
    if (one != null) {
      one.reply.completeExceptionally(failure);
    }
  }

  /** When the connection has ended: none of them will be answered. */
  void failAll(String reason) {
    List<Waiting> all = new ArrayList<>(waiting.values());
    waiting.clear();
    if (sweep != null) {
      sweep.cancel();
      sweep = null;
    }
    for (Waiting one : all) {
      one.reply.completeExceptionally(new JovialException(JovialException.OFFLINE, reason));
    }
  }

  private void sweep() {
    sweep = null;
    long now = System.nanoTime();
    List<Waiting> late = new ArrayList<>();
    for (Iterator<Waiting> all = waiting.values().iterator(); all.hasNext(); ) {
      Waiting one = all.next();
      if (one.deadlineNanos - now > 0) {
        break; // The rest was asked later.
      }
      all.remove();
      late.add(one);
    }
    if (!waiting.isEmpty()) {
      sweep = executor.after(SWEEP, this::sweep);
    }
    for (Waiting one : late) {
      one.reply.completeExceptionally(
          new JovialException(
              JovialException.TIMEOUT, "no reply within " + timeout.toMillis() + " ms"));
    }
  }
}
