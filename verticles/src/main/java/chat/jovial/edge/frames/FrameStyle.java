package chat.jovial.edge.frames;

/** The two dialects of the bridge protocol, as the stock bridges speak them. */
public enum FrameStyle {
  /** Replies are {@code rec}; pings are not answered; the close has a code. */
  WEB_SOCKET(true),
  /** As {@link #WEB_SOCKET}, but the close has no code, so an error goes before it. */
  SOCK_JS(false),
  /** Replies are {@code message} with headers; pings are answered; errors name their source. */
  TCP(false);

  private final boolean closeCodes;

  FrameStyle(boolean closeCodes) {
    this.closeCodes = closeCodes;
  }

  public boolean hasCloseCodes() {
    return closeCodes;
  }
}
