package chat.jovial.client.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which part of a conversation to read: one of the three, or none for the newest entries. */
public record HistoryQuery(
    @Nullable Long before, @Nullable Long after, @Nullable Instant from, int limit) {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  public HistoryQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT);
    }
  }

  public static HistoryQuery newest() {
    return new HistoryQuery(null, null, null, DEFAULT_LIMIT);
  }

  /** Entries below a seq, the newest of them. */
  public static HistoryQuery before(long seq) {
    return new HistoryQuery(seq, null, null, DEFAULT_LIMIT);
  }

  /** Entries above a seq, the oldest of them. */
  public static HistoryQuery after(long seq) {
    return new HistoryQuery(null, seq, null, DEFAULT_LIMIT);
  }

  /** Entries stored at or after a time. */
  public static HistoryQuery from(Instant time) {
    return new HistoryQuery(null, null, time, DEFAULT_LIMIT);
  }

  public HistoryQuery limit(int entries) {
    return new HistoryQuery(before, after, from, entries);
  }
}
