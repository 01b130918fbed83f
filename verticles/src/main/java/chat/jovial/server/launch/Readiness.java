package chat.jovial.server.launch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
    /** It serves what needs none of the stores that do not answer. */
    STORE_UNAVAILABLE,
    STOPPING
  }

  private volatile Phase phase = Phase.STARTING;
  private volatile BooleanSupplier cutOff = () -> false;
  private final List<StoreProbe> probes = new CopyOnWriteArrayList<>();

  Phase phase() {
    Phase now = phase;
    if (now != Phase.READY) {
      return now;
    }
    if (cutOff.getAsBoolean()) {
      return Phase.CUT_OFF;
    }
    return unavailableStores().isEmpty() ? Phase.READY : Phase.STORE_UNAVAILABLE;
  }

  /** The stores that have not answered for some seconds. */
  List<String> unavailableStores() {
    return probes.stream().filter(StoreProbe::isSilent).map(StoreProbe::store).toList();
  }

  /** A store that the node needs; somebody else has it asked. */
  void watch(StoreProbe probe) {
    probes.add(probe);
  }

  /** Sets the condition that the node is cut off from the others; evaluated on any thread. */
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
