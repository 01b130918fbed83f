package chat.jovial.server;

/** Where a node is in its life. Written by the thread that starts or stops it, read by any. */
final class Readiness {
  enum Phase {
    STARTING,
    READY,
    STOPPING
  }

  private volatile Phase phase = Phase.STARTING;

  Phase phase() {
    return phase;
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
