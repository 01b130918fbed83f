package chat.jovial.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** CPU seconds of processes, from {@code /proc/PID/stat} (see proc(5)). */
final class CpuClock {
  /** The kernel's USER_HZ: 100 on every Linux that a JDK 17 runs on. */
  private static final double TICKS_PER_SECOND = 100;

  /** Fields utime and stime, counted from the first one after the command's name. */
  private static final int UTIME = 11;

  private static final int STIME = 12;

  private CpuClock() {}

  /** User and system time so far; NaN if there is no such process. */
  static double seconds(OptionalLong pid) {
    if (pid.isEmpty()) {
      return Double.NaN;
    }
    try {
      String stat = Files.readString(Path.of("/proc/" + pid.getAsLong() + "/stat"));
      // The name may hold spaces and parentheses; what follows its last parenthesis does not.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
