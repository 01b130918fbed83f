package chat.jovial.bench.chaos.evidence;

import java.util.ArrayList;
import java.util.List;

/** When a device thought that it was connected. Safe to use from any thread. */
public final class Presence {
  private final List<Span> past = new ArrayList<>();
  private long since;

  /** From one {@code System.nanoTime} to another. */
  public record Span(long from, long until) {
    /** What both have in common, in nanoseconds. */
    public long overlap(Span other) {
      return Math.max(0, Math.min(until, other.until) - Math.max(from, other.from));
    }

    public long nanos() {
      return until - from;
    }
  }

  public synchronized void note(boolean online) {
    long now = System.nanoTime();
    if (online && since == 0) {
      since = now;
    } else if (!online && since != 0) {
      past.add(new Span(since, now));
      since = 0;
    }
  }

  public synchronized boolean isOnline() {
    return since != 0;
  }

  /** All spans so far. */
  public synchronized List<Span> spans() {
    List<Span> all = new ArrayList<>(past);
    if (since != 0) {
      all.add(new Span(since, System.nanoTime()));
    }
    return all;
  }
}
