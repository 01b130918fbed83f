package chat.jovial.embedded.child;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Handler that ignores the signals which a terminal or a service manager sends to all processes of
 * a group. The parent needs Cassandra until the last message is committed; then it requests the
 * stop itself.
 */
final class TerminalSignals {
  private TerminalSignals() {}

  static void ignore() {
    for (String name : new String[] {"HUP", "INT", "TERM"}) {
      Signal.handle(new Signal(name), SignalHandler.SIG_IGN);
    }
  }
}
