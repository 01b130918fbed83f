package chat.jovial.server.launch;

import java.time.Clock;
import java.time.Duration;

/**
 * Wall clock of this node. The system property {@value #OFFSET} makes it wrong by so much, as an
 * ISO 8601 duration such as {@code PT-90S}: for the fault harness, which cannot give each process a
 * machine of its own.
 */
final class NodeClock {
  static final String OFFSET = "jovial.clock.offset";

  private NodeClock() {}

  static Clock ofThisNode() {
    String offset = System.getProperty(OFFSET);
    return offset == null
        ? Clock.systemUTC()
        : Clock.offset(Clock.systemUTC(), Duration.parse(offset));
  }
}
