package chat.jovial.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Each connection is a file descriptor, here and in the server, which inherits our limit. */
final class FileDescriptors {
  /** For jars, logs, stores and the server's own sockets. */
  private static final long RESERVE = 1_000;

  private FileDescriptors() {}

  static void check(Plan plan) {
    long wanted =
        RESERVE
            + Math.max(
                plan.parts().contains(Part.IDLE) ? plan.idle() : 0,
                2L * plan.pairs() * Math.max(1, plan.transports().size()));
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        && system.getMaxFileDescriptorCount() < wanted) {
      throw new IllegalStateException(
          "This run needs "
              + wanted
              + " open files and may have only "
              + system.getMaxFileDescriptorCount()
              + ". Raise the limit with: ulimit -n "
              + wanted
              + "; or ask for fewer sessions with --idle or --pairs.");
    }
  }
}
