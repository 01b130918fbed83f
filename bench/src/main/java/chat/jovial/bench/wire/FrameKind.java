package chat.jovial.bench.wire;

/** Kind of a frame from the server. */
public enum FrameKind {
  /** The answer to one of our sends. */
  REPLY,
  /** An error, with or without the address of what it answers. */
  ERROR,
  /** An event {@code message} pushed to {@code inbox}. */
  PUSHED_MESSAGE,
  PONG,
  OTHER
}
