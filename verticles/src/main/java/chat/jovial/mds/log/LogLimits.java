package chat.jovial.mds.log;

/**
 * Limits of one log.
 *
 * @param maxBodyBytes the largest body of a message, as JSON in UTF-8
 * @param maxRemovedAtOnce of a range up to this length, in entries, no text is in the store any
 *     more when its deletion is answered; a longer one is hidden by then ({@link RangeRemoval})
 */
public record LogLimits(int maxBodyBytes, int maxRemovedAtOnce) {
  /** Entries of a range that are removed in a fraction of the ten seconds that a call may last. */
  public static final int MAX_REMOVED_AT_ONCE = 4096;
}
