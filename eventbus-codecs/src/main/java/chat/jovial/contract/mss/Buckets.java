package chat.jovial.contract.mss;

/**
 * A log is cut into buckets by number, not by time, so that a seq gives its partition and a silent
 * conversation has no empty ones.
 */
public final class Buckets {
  /**
   * Entries in a bucket: a partition of a few megabytes. Never changes for the life of the data.
   */
  public static final int SIZE = 4096;

  private Buckets() {}

  public static long of(long seq) {
    return (seq - 1) / SIZE;
  }

  public static long firstSeq(long bucket) {
    return bucket * SIZE + 1;
  }

  public static long lastSeq(long bucket) {
    return (bucket + 1) * SIZE;
  }
}
