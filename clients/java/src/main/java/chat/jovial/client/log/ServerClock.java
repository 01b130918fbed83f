package chat.jovial.client.log;

import java.time.Clock;
import java.time.Instant;

/**
 * The server's time, as far as this device knows: its own clock and how far that was off when the
 * two last spoke. The server refuses messages from the future, and clocks of devices are wrong.
 */
public final class ServerClock {
  private final Clock clock;
  private volatile long offsetMillis;

  public ServerClock(Clock clock, long offsetMillis) {
    this.clock = clock;
    this.offsetMillis = offsetMillis;
  }

  public Instant now() {
    return clock.instant().plusMillis(offsetMillis);
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
