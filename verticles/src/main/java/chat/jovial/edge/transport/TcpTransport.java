package chat.jovial.edge.transport;

import chat.jovial.edge.connection.ClientConnection;
import chat.jovial.edge.connection.ConnectionLoop;
import chat.jovial.edge.connection.EdgeContext;
import chat.jovial.edge.connection.NettyOutbound;
import chat.jovial.edge.frames.CloseReason;
import chat.jovial.edge.frames.FrameStyle;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Frames of a big-endian int32 length and as many bytes of JSON. A frame that came whole is read
 * where it lies; only the rest of a partial one is copied, and no more is allocated than has
 * arrived, whatever length was announced.
 */
public final class TcpTransport extends NettyTransport {
  private static final int LENGTH_BYTES = 4;

  private final NetSocketInternal socket;
  private final int maxFrameBytes;
  private @Nullable ClientConnection connection;
  private byte @Nullable [] partial;
  private int partialLength;
  private boolean paused;
  private boolean socketPaused;

  /** Whether frames are being taken out of what has come in. */
  private boolean reading;

  private TcpTransport(
      NetSocketInternal socket, String client, ConnectionLoop loop, EdgeContext context) {
    super(new NettyOutbound(socket.channelHandlerContext(), loop), client);
    this.socket = socket;
    this.maxFrameBytes = context.limits().maxFrameBytes();
  }

  /** Serves a connection until it closes. */
  public static void serve(
      NetSocketInternal socket, String client, ConnectionLoop loop, EdgeContext context) {
    ClientConnection.open(loop, context, new TcpTransport(socket, client, loop, context));
  }

  @Override
  public void start(ClientConnection started) {
    connection = started;
    socket
        .handler(this::handleBytes)
        .exceptionHandler(failure -> destroy())
        .closeHandler(closed -> started.handleClosed());
  }

  private ClientConnection connection() {
    return Objects.requireNonNull(connection, "not started");
  }

  private void handleBytes(Buffer chunk) {
    reading = true;
    read(chunk);
    reading = false;
    ReceivedBytes.on(outbound.handler().channel()).keep(partialLength);
    resumeSocket();
  }

  private void read(Buffer chunk) {
    ByteBuf bytes = ((BufferInternal) chunk).getByteBuf();
    int length = bytes.readableBytes();
    if (partial == null && bytes.hasArray()) {
      int offset = bytes.arrayOffset() + bytes.readerIndex();
      int taken = readFrames(bytes.array(), offset, length);
      keep(bytes.array(), offset + taken, length - taken);
      return;
    }
    byte[] all = grownBy(length);
    bytes.readBytes(all, partialLength, length);
    partialLength += length;
    readPartial(all);
  }

  private void readPartial(byte[] all) {
    int taken = readFrames(all, 0, partialLength);
    if (taken > 0) {
      keep(all, taken, partialLength - taken);
    }
  }

  /** Handles the whole frames, and tells how many bytes they had. */
  private int readFrames(byte[] bytes, int offset, int length) {
    int at = 0;
    while (!paused && connection().isOpen() && length - at >= LENGTH_BYTES) {
      int frame = intAt(bytes, offset + at);
      if (frame < 0 || frame > maxFrameBytes) {
        connection().close(CloseReason.TOO_LARGE);
        return length;
      }
      if (length - at - LENGTH_BYTES < frame) {
        return at;
      }
      connection().handleFrame(bytes, offset + at + LENGTH_BYTES, frame);
      at += LENGTH_BYTES + frame;
    }
    return connection().isOpen() ? at : length;
  }

  private void keep(byte[] bytes, int offset, int length) {
    partial = length == 0 ? null : Arrays.copyOfRange(bytes, offset, offset + length);
    partialLength = length;
  }

  private byte[] grownBy(int length) {
    byte[] old = partial == null ? new byte[0] : partial;
    int needed = partialLength + length;
    byte[] all = old.length >= needed ? old : Arrays.copyOf(old, Math.max(needed, 2 * old.length));
    partial = all;
    return all;
  }

  private static int intAt(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | (bytes[at + 3] & 0xFF);
  }

  @Override
  public FrameStyle style() {
    return FrameStyle.TCP;
  }

  @Override
  public void write(byte[] json) {
    ChannelHandlerContext handler = outbound.handler();
    ByteBuf frame = handler.alloc().directBuffer(LENGTH_BYTES + json.length);
    outbound.write(frame.writeInt(json.length).writeBytes(json));
  }

  @Override
  public void pauseReading() {
    paused = true;
    socketPaused = true;
    socket.pause();
  }

  @Override
  public void resumeReading() {
    paused = false;
    if (reading) {
      // The answer was there at once: who reads goes on with the next frame by itself, and has yet
      // to note what it has taken.
      return;
    }
    byte[] kept = partial;
    if (kept != null) {
      reading = true;
      readPartial(kept);
      reading = false;
      ReceivedBytes.on(outbound.handler().channel()).keep(partialLength);
    }
    resumeSocket();
  }

  private void resumeSocket() {
    if (socketPaused && !paused) {
      socketPaused = false;
      socket.resume();
    }
  }

  /**
   * Ends our side only, and reads on: a socket that is closed with unread bytes in it is reset, and
   * the peer never sees what was written last. The peer ends its side, or the session destroys.
   */
  @Override
  public void close(int code, String reason) {
    outbound.whenTaken(outbound::endOutput);
  }
}
