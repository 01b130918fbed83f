package chat.jovial.bench.chaos.plan;

/** Kind of fault that is made in a running system. The names are those of {@code --only}. */
public enum FaultKind {
  KILL_NODE(2, 6, "SIGKILL to a server, started again after a while"),
  STOP_NODE(1, 3, "SIGTERM to a server: a graceful stop, started again after a while"),
  PAUSE_NODE(2, 12, "SIGSTOP to a server, SIGCONT after a while, often longer than its lease"),
  KILL_STORE(2, 6, "SIGKILL to a Cassandra, started again after a while"),
  PAUSE_STORE(2, 8, "SIGSTOP to a Cassandra, SIGCONT after a while"),
  CUT_CLIENTS(3, 10, "connections from devices to a server closed, and new ones refused"),
  HOLD_CLIENTS(3, 15, "connections from devices to a server carry nothing, but stay open"),
  DELAY_CLIENTS(5, 15, "connections from devices to a server are slow"),
  CUT_NODES(5, 20, "a server cut off from the other servers"),
  CUT_STORE(3, 10, "a server cut off from the store"),
  NODE_CLOCK(5, 20, "a server started again with a wrong clock, then with the right one"),
  DEVICE_CLOCKS(5, 20, "devices started again with wrong clocks, then with right ones"),
  CRASH_DEVICES(1, 4, "devices crash in the middle of what they write");

  private final int shortest;
  private final int longest;
  private final String meaning;

  FaultKind(int shortest, int longest, String meaning) {
    this.shortest = shortest;
    this.longest = longest;
    this.meaning = meaning;
  }

  /** Seconds that it lasts at least. */
  int shortest() {
    return shortest;
  }

  /** Seconds that it lasts at most. */
  int longest() {
    return longest;
  }

  public String meaning() {
    return meaning;
  }

  /** Whether its target is a server. */
  public boolean hitsNode() {
    return switch (this) {
      case KILL_STORE, PAUSE_STORE, DEVICE_CLOCKS, CRASH_DEVICES -> false;
      default -> true;
    };
  }

  /** Whether its target is a process of the store. */
  public boolean hitsStore() {
    return this == KILL_STORE || this == PAUSE_STORE;
  }
}
