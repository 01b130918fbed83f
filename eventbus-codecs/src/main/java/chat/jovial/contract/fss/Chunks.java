package chat.jovial.contract.fss;

/** How a file is cut: into chunks of one size, so many of them to a partition of the store. */
public final class Chunks {
  /** Bytes of a chunk; the last one of a file may be shorter. */
  public static final int SIZE = 512 * 1024;

  /** Chunks of a partition: 32 MiB, well below what Cassandra likes a partition to have. */
  public static final int IN_PART = 64;

  private Chunks() {}

  /** The partition in which a chunk is; both count from 0. */
  public static int partOf(int chunk) {
    return chunk / IN_PART;
  }

  /** How many chunks a file of that size has. */
  public static int of(long size) {
    return Math.toIntExact((size + SIZE - 1) / SIZE);
  }
}
