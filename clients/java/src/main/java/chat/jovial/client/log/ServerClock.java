package chat.jovial.client.log;

import chat.jovial.client.json.ClientIds;
import java.time.Clock;
import java.time.Instant;

/**
 * Clock of the server, as far as this device knows: its own clock, and how far that was off at the
 * last connection. The server refuses messages from the future, and clocks of devices are wrong.
 */
public final class ServerClock {
  private final Clock clock;
  private final ClientIds ids = new ClientIds();
  private volatile long offsetMillis;

  public ServerClock(Clock clock, long offsetMillis) {
    this.clock = clock;
    this.offsetMillis = offsetMillis;
  }

  public Instant now() {
    return clock.instant().plusMillis(offsetMillis);
  }

  /** Any thread. A new {@code client_id}, which has the server's time in it. */
  String newClientId() {
    return ids.next(now().toEpochMilli());
  }

  /** What to add to this device's clock, in milliseconds. */
  long offsetMillis() {
    return offsetMillis;
  }

  /** The server has just said what time it is. */
  void set(Instant serverTime) {
    offsetMillis = serverTime.toEpochMilli() - clock.millis();
  }
}
