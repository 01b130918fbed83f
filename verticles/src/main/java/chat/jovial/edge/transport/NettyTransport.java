package chat.jovial.edge.transport;

import chat.jovial.edge.connection.NettyOutbound;
import chat.jovial.edge.connection.Transport;

/** Base of the transports that write straight to Netty's channel. */
abstract class NettyTransport implements Transport {
  final NettyOutbound outbound;
  private final String remoteAddress;

  NettyTransport(NettyOutbound outbound, String remoteAddress) {
    this.outbound = outbound;
    this.remoteAddress = remoteAddress;
  }

  @Override
  public final void sessionOpened() {
    ReceivedBytes.on(outbound.handler().channel()).sessionOpened();
  }

  @Override
  public final void flush() {
    outbound.flush();
  }

  @Override
  public final long pendingBytes() {
    return outbound.pendingBytes();
  }

  @Override
  public final void whenTaken(Runnable callback) {
    outbound.whenTaken(callback);
  }

  @Override
  public final void destroy() {
    outbound.destroy();
  }

  @Override
  public final String remoteAddress() {
    return remoteAddress;
  }
}
