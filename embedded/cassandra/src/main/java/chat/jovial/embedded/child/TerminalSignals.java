package chat.jovial.embedded.child;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Leaves the signals that a terminal or a service manager sends to all processes of a group to the
 * parent. It needs Cassandra until the last message is settled, and then asks for the stop itself.
 */
final class TerminalSignals {
  private TerminalSignals() {}

  static void ignore() {
    for (String name : new String[] {"HUP", "INT", "TERM"}) {
      Signal.handle(new Signal(name), SignalHandler.SIG_IGN);
    }
  }
}
