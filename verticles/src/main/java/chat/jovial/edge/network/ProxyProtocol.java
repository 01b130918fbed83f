package chat.jovial.edge.network;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decoder of the PROXY protocol, versions 1 and 2, at the beginning of a connection from a trusted
 * proxy. Both begin with bytes that no frame can begin with, so a connection without it is passed
 * on as it is. Confined to the channel's event loop; removes itself.
 */
public final class ProxyProtocol extends ByteToMessageDecoder {
  private static final byte[] V1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] V2 = {
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
  };
  private static final int MAX_V1_BYTES = 107;
  private static final int V2_HEAD_BYTES = 16;

  /** Address, port and extensions; longer ones are no honest proxy's. */
  private static final int MAX_V2_BYTES = 2048;

  private static final int MAX_SILENT_SECONDS = 2;

  private final Consumer<@Nullable String> begin;

  /**
   * @param begin receives the client's address, or null if the connection is the proxy's own;
   *     called before the bytes behind are passed on
   */
  public ProxyProtocol(Consumer<@Nullable String> begin) {
    this.begin = begin;
  }

  /** A proxy speaks first; a client of this machine may have nothing to say for long. */
  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    var unused =
        context
            .executor()
            .schedule(() -> endIfSilent(context), MAX_SILENT_SECONDS, TimeUnit.SECONDS);
  }

  private void endIfSilent(ChannelHandlerContext context) {
    if (!context.isRemoved() && context.channel().isActive()) {
      if (actualReadableBytes() > 0) {
        Channels.destroy(context.channel());
      } else {
        end(context, null);
      }
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (startsWith(in, V1)) {
      if (in.readableBytes() >= V1.length) {
        decodeText(context, in);
      }
    } else if (startsWith(in, V2)) {
      if (in.readableBytes() >= V2_HEAD_BYTES) {
        decodeBinary(context, in);
      }
    } else {
      end(context, null);
    }
  }

  /** Whether it may be so, as far as it has come. */
  private static boolean startsWith(ByteBuf in, byte[] signature) {
    int length = Math.min(signature.length, in.readableBytes());
    for (int i = 0; i < length; i++) {
      if (in.getByte(in.readerIndex() + i) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  private void decodeText(ChannelHandlerContext context, ByteBuf in) {
    int end = in.indexOf(in.readerIndex(), in.readerIndex() + in.readableBytes(), (byte) '\n');
    if (end < 0) {
      if (in.readableBytes() > MAX_V1_BYTES) {
        Channels.destroy(context.channel());
      }
      return;
    }
    String[] words =
        in.readCharSequence(end + 1 - in.readerIndex(), StandardCharsets.US_ASCII)
            .toString()
            .strip()
            .split(" ");
    if (words.length >= 2 && words[1].equals("UNKNOWN")) {
      end(context, null);
    } else if (words.length == 6 && NetUtil.createByteArrayFromIpAddressString(words[2]) != null) {
      end(context, words[2]);
    } else {
      Channels.destroy(context.channel());
    }
  }

  private void decodeBinary(ChannelHandlerContext context, ByteBuf in) {
    int at = in.readerIndex();
    int command = in.getByte(at + 12) & 0xff;
    int family = (in.getByte(at + 13) & 0xff) >> 4;
    int length = in.getUnsignedShort(at + 14);
    if (command >> 4 != 2 || length > MAX_V2_BYTES) {
      Channels.destroy(context.channel());
      return;
    }
    if (in.readableBytes() < V2_HEAD_BYTES + length) {
      return;
    }
    byte[] address = new byte[family == 1 ? 4 : family == 2 ? 16 : 0];
    if ((command & 0xf) == 0 || address.length == 0 || length < 2 * address.length + 4) {
      // A check of the proxy's own, or no Internet address.
      in.skipBytes(V2_HEAD_BYTES + length);
      end(context, null);
      return;
    }
    in.getBytes(at + V2_HEAD_BYTES, address);
    in.skipBytes(V2_HEAD_BYTES + length);
    end(context, NetUtil.bytesToIpAddress(address));
  }

  private void end(ChannelHandlerContext context, @Nullable String client) {
    begin.accept(client);
    var unused = context.pipeline().remove(this);
  }
}
