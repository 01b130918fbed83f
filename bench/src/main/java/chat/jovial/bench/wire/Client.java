package chat.jovial.bench.wire;

import chat.jovial.contract.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One connection. {@link #call} is for logging in and asking; a workload writes bytes and scans
 * what comes back. {@link #write} and {@link #flush} only on the event loop; the rest from any
 * thread.
 */
public final class Client extends SimpleChannelInboundHandler<ByteBuf> {
  /** An operation that takes longer has failed; well above any time-out of the server. */
  private static final int CALL_TIMEOUT_SECONDS = 60;

  /** Calls of one connection that wait for their reply. */
  private static final int MAX_CALLS = 1024;

  private static final byte[] PING = "{\"type\":\"ping\"}".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REGISTER_INBOX =
      "{\"type\":\"register\",\"address\":\"inbox\",\"headers\":{}}"
          .getBytes(StandardCharsets.US_ASCII);

  private final Framing framing;
  private final FrameListener listener;
  private final FrameScanner scanner = new FrameScanner();
  private final Map<String, CompletableFuture<JsonNode>> calls = new HashMap<>();
  private final CompletableFuture<Client> opened = new CompletableFuture<>();
  private final Channel channel;
  private byte[] frame = new byte[1024];
  private String closeReason = "the server closed the connection";
  private boolean unflushed;

  Client(Channel channel, Framing framing, FrameListener listener) {
    this.channel = channel;
    this.framing = framing;
    this.listener = listener;
  }

  public EventLoop eventLoop() {
    return channel.eventLoop();
  }

  /** Completes when frames may be written. */
  CompletableFuture<Client> opened() {
    return opened;
  }

  void setOpened() {
    opened.complete(this);
  }

  void setCloseReason(String reason) {
    closeReason = reason;
  }

  /** Queues a frame of JSON; the array may be used again at once. */
  public void write(byte[] json) {
    // A failure comes back as an exception of the channel, which closes it.
    var unused = channel.write(framing.frame(channel.alloc(), json), channel.voidPromise());
    unflushed = true;
  }

  public void flush() {
    if (unflushed) {
      unflushed = false;
      channel.flush();
    }
  }

  /** Keeps the connection from being closed as idle. */
  public void ping() {
    eventLoop().execute(() -> writeAndFlush(PING));
  }

  /** Asks for the push of events; silent when it works. */
  public void registerInbox() {
    eventLoop().execute(() -> writeAndFlush(REGISTER_INBOX));
  }

  /** Calls an operation; fails with an {@link IOException} that bears the server's words. */
  public CompletableFuture<JsonNode> call(String operation, ObjectNode body) {
    CompletableFuture<JsonNode> result = new CompletableFuture<>();
    eventLoop().execute(() -> call(operation, body, result));
    return result;
  }

  /** Binds the connection to the user. */
  public CompletableFuture<Client> open(String userToken) {
    ObjectNode body = Json.MAPPER.createObjectNode().put("user_token", userToken);
    return call("session.open", body).thenApply(opened -> this);
  }

  public void close() {
    setCloseReason("closed by the bench");
    var unused = channel.close();
  }

  private void call(String operation, ObjectNode body, CompletableFuture<JsonNode> result) {
    if (!channel.isActive() || calls.size() >= MAX_CALLS) {
      result.completeExceptionally(
          new IOException(channel.isActive() ? "too many calls at once" : closeReason));
      return;
    }
    String replyAddress = UUID.randomUUID().toString();
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("type", "send").put("address", operation).put("replyAddress", replyAddress);
    json.set("body", body);
    json.putObject("headers");
    calls.put(replyAddress, result);
    var unused =
        eventLoop()
            .schedule(
                () -> timeOut(operation, replyAddress), CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    writeAndFlush(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void timeOut(String operation, String replyAddress) {
    CompletableFuture<JsonNode> call = calls.remove(replyAddress);
    if (call != null) {
      call.completeExceptionally(
          new IOException(operation + ": no answer within " + CALL_TIMEOUT_SECONDS + " s"));
    }
  }

  private void writeAndFlush(byte[] json) {
    write(json);
    flush();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
    int length = message.readableBytes();
    if (frame.length < length) {
      frame = new byte[Math.max(length, 2 * frame.length)];
    }
    message.readBytes(frame, 0, length);
    if (calls.isEmpty() || !answersCall(length)) {
      listener.onFrame(scanner.scan(frame, length), scanner);
    }
  }

  /** Only while a call waits, so that the workload's frames are not parsed. */
  private boolean answersCall(int length) {
    try {
      JsonNode json = Json.MAPPER.readTree(frame, 0, length);
      CompletableFuture<JsonNode> call = calls.remove(json.path("address").asText());
      if (call == null) {
        return false;
      }
      if (json.path("type").asText().equals("err")) {
        call.completeExceptionally(new IOException(json.path("message").asText()));
      } else {
        call.complete(json.path("body"));
      }
      return true;
    } catch (JsonProcessingException e) {
      return false;
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    listener.onBatchEnd();
    flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(closeReason);
    listener.onClosed(closeReason);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    setCloseReason(cause.toString());
    var unused = context.close();
  }

  void fail(String reason) {
    IOException failure = new IOException(reason);
    opened.completeExceptionally(failure);
    calls.values().forEach(call -> call.completeExceptionally(failure));
    calls.clear();
  }
}
