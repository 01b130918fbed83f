package chat.jovial.bench.wire;

import java.util.Locale;

/** Transport between a client and the server. */
public enum Transport {
  TCP,
  WEBSOCKET,
  /** WebSocket with SockJS's own framing, as the stock browser client uses it. */
  SOCKJS;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
