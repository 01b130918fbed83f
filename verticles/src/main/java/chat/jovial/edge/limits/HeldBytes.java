package chat.jovial.edge.limits;

/**
 * Bytes that one connection or body holds of the budget for what is received in part. Confined to
 * one thread.
 */
public final class HeldBytes {
  private final PartialBytes budget;
  private boolean ofSession;
  private long held;

  public HeldBytes(PartialBytes budget) {
    this.budget = budget;
  }

  /** Bytes that are held, those that are free included. */
  public long held() {
    return held;
  }

  /** Holds that many from now on; false, and nothing is changed, if more do not fit. */
  public boolean hold(long bytes) {
    long more = counted(bytes) - counted(held);
    if (more > 0 && !budget.acquire(more, ofSession)) {
      return false;
    }
    if (more < 0) {
      budget.release(-more, ofSession);
    }
    held = bytes;
    return true;
  }

  /** From now on it is held by somebody with a session. */
  public void sessionOpened() {
    if (!ofSession) {
      budget.release(counted(held), false);
      ofSession = true;
      held = budget.acquire(counted(held), true) ? held : 0;
    }
  }

  public void release() {
    boolean unused = hold(0);
  }

  private static long counted(long bytes) {
    return Math.max(0, bytes - PartialBytes.FREE_BYTES);
  }
}
