package chat.jovial.edge.connection;

import chat.jovial.edge.limits.EdgeLimits;

/**
 * Buffer of what goes out over one connection, bounded in bytes and in time. Confined to its event
 * loop; no timer, the sweep asks.
 */
final class OutboundBuffer {
  private final Transport transport;
  private final EdgeLimits limits;

  /** Since when writes have been waiting to be taken by the peer; 0 if none are. */
  private long stalledSinceMillis;

  OutboundBuffer(Transport transport, EdgeLimits limits) {
    this.transport = transport;
    this.limits = limits;
  }

  /**
   * False, and nothing is written, if too much waits already. Only what waits from before counts,
   * so that one large reply alone never closes a connection.
   */
  boolean write(byte[] frame) {
    if (isFull()) {
      transport.flush();
      if (isFull()) {
        return false;
      }
    }
    transport.write(frame);
    return true;
  }

  /**
   * Whether the peer does not take what was written, also when it takes a trickle: everything that
   * waits at one moment must be taken within the stall timeout, whatever came after it.
   */
  boolean isStalled(long nowMillis) {
    if (stalledSinceMillis != 0) {
      return nowMillis - stalledSinceMillis > limits.stallTimeout().toMillis();
    }
    if (transport.pendingBytes() > 0) {
      stalledSinceMillis = nowMillis;
      transport.whenTaken(() -> stalledSinceMillis = 0);
    }
    return false;
  }

  private boolean isFull() {
    return transport.pendingBytes() > limits.maxOutboundBytes();
  }
}
