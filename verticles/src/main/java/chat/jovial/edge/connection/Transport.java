package chat.jovial.edge.connection;

import chat.jovial.edge.frames.FrameStyle;

/** Transport under a connection, whatever it is made of. Used on its event loop only. */
public interface Transport {
  /** Begins to read; once. */
  void start(ClientConnection connection);

  /** The shape of the frames it carries. */
  FrameStyle style();

  /** Queues a frame; many in one turn of the event loop go to the network together. */
  void write(byte[] json);

  /** Sends what is queued now rather than at the end of the turn. */
  void flush();

  /** Bytes that the peer's network has not taken yet. */
  long pendingBytes();

  /** Calls back when everything written so far has been taken; never, if the connection dies. */
  void whenTaken(Runnable callback);

  /** The connection has a session: it may have more unfinished than strangers. */
  void sessionOpened();

  void pauseReading();

  void resumeReading();

  /** Closes after what is queued. A peer that does not read keeps this from ever completing. */
  void close(int code, String reason);

  /** Closes the channel at once; what is queued is freed. */
  void destroy();

  String remoteAddress();
}
