package chat.jovial.server.launch;

import java.util.function.BooleanSupplier;

/**
 * State of a node for health checks. Written by the thread that starts or stops it, read by any.
 */
final class Readiness {
  enum Phase {
    STARTING,
    READY,
    /** It serves, but does not reach most of the others: clients do better elsewhere. */
    CUT_OFF,
    STOPPING
  }

  private volatile Phase phase = Phase.STARTING;
  private volatile BooleanSupplier cutOff = () -> false;

  Phase phase() {
    return phase == Phase.READY && cutOff.getAsBoolean() ? Phase.CUT_OFF : phase;
  }

  /** Names who knows whether the node is cut off from the others; asked on any thread. */
  void cutOffWhen(BooleanSupplier condition) {
    cutOff = condition;
  }

  void started() {
    if (phase == Phase.STARTING) {
      phase = Phase.READY;
    }
  }

  void stopping() {
    phase = Phase.STOPPING;
  }
}
