package chat.jovial.bench.wire;

/** Hears what comes in on one connection. All calls come on the connection's event loop. */
public interface FrameListener {
  /** A frame that answered no {@link Client#call}; read the scanner before returning. */
  void onFrame(FrameKind kind, FrameScanner scanner);

  /** The frames that came in together have all been heard: a time to flush. */
  void onBatchEnd();

  /** The connection is gone. */
  void onClosed(String reason);
}
