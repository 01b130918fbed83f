package chat.jovial.bench.chaos.device;

import java.time.Duration;

/**
 * Timeouts of the devices, short as a phone in the foreground would be, so that faults are felt.
 */
public final class KitTimes {
  static final Duration CONNECT = Duration.ofSeconds(3);
  static final Duration REPLY = Duration.ofSeconds(8);
  static final Duration PING = Duration.ofSeconds(4);
  static final Duration PONG = Duration.ofSeconds(3);
  static final Duration FIRST_WAIT = Duration.ofMillis(200);
  static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  static final Duration SYNC = Duration.ofSeconds(10);
  static final Duration ACKNOWLEDGE = Duration.ofMillis(200);

  /**
   * Within this time a connected device shows what is stored: to notice a dead connection, to make
   * a new one (a dead node may be tried first), to sync or wait for the next sync, and to fill a
   * gap, with an answer that needs all its time.
   */
  public static final Duration PROMPTNESS =
      PING.plus(PONG).plus(CONNECT).plus(LONGEST_WAIT).plus(SYNC).plus(REPLY).plus(REPLY);

  private KitTimes() {}
}
