package chat.jovial.bench.chaos.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Record of when a device thought that it was connected. Safe to use from any thread. */
public final class Presence {
  private final List<Span> past = new ArrayList<>();
  private final LongSupplier nanoClock;
  private long since;

  Presence(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** From one time of the clock to another. */
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
    long now = nanoClock.getAsLong();
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
      all.add(new Span(since, nanoClock.getAsLong()));
    }
    return all;
  }
}
