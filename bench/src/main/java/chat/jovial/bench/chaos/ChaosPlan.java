package chat.jovial.bench.chaos;

import chat.jovial.bench.chaos.plan.FaultKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * Plan of a run.
 *
 * @param seconds for how long faults are made; starting and quiescing come on top
 * @param rate messages a second, of all devices together
 * @param devices how many, two to a user
 * @param kinds of faults
 */
record ChaosPlan(
    int warmUpSeconds,
    int seconds,
    int nodes,
    long seed,
    int rate,
    int devices,
    Set<FaultKind> kinds) {
  static final int DEVICES_PER_USER = 2;
  static final int MAX_SECONDS = 6 * 3600;
  static final int MAX_DEVICES = 400;
  static final int MAX_RATE = 2_000;

  /** All that is noted lies in memory. */
  private static final long MAX_MESSAGES = 2_000_000;

  ChaosPlan {
    kinds = kinds.isEmpty() ? Set.of() : EnumSet.copyOf(kinds);
    check("--warm-up", warmUpSeconds, 0, MAX_SECONDS);
    check("--seconds", seconds, 10, MAX_SECONDS);
    check("--rate", rate, 1, MAX_RATE);
    check("--clients", devices, 2 * DEVICES_PER_USER, MAX_DEVICES);
    if (((long) warmUpSeconds + seconds) * rate > MAX_MESSAGES) {
      throw new IllegalArgumentException(
          "--seconds times --rate is more than " + MAX_MESSAGES + " messages: take less of either");
    }
  }

  int users() {
    return devices / DEVICES_PER_USER;
  }

  private static void check(String flag, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(flag + " is " + least + " to " + most + ", not " + value);
    }
  }
}
