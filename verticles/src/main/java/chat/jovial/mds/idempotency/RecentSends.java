package chat.jovial.mds.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Memory of the sends of a conversation that were stored recently: <em>all</em> of them from {@link
 * #completeFrom} on, so that a client id made after that time, with an allowance for wrong clocks,
 * is new if it is not in here. Two generations: when the younger one is old or big enough, the
 * older one is forgotten and the time from which the memory is complete moves on.
 */
public final class RecentSends {
  /** By how much a client's clock may be ahead; see the contract on {@code client_id}. */
  public static final Duration CLOCK_ALLOWANCE = Duration.ofMinutes(10);

  /**
   * A little more than the allowance, so that a fresh id never misses by the time it takes to
   * arrive.
   */
  public static final Duration WINDOW = CLOCK_ALLOWANCE.plusMinutes(1);

  /**
   * Sends in a generation: 200 each second for the whole window, 5 MB. A conversation that is
   * busier asks the store more often.
   */
  public static final int MAX_IN_GENERATION = 131_072;

  /** Not found. */
  public static final long NONE = SeqTable.NONE;

  private final Map<String, Integer> senderNumbers = new HashMap<>();
  private SeqTable older = new SeqTable();
  private SeqTable younger = new SeqTable();
  private Instant olderFrom;
  private Instant youngerFrom;

  /**
   * @param completeFrom every send stored from this time on is going to be {@link #add}ed
   */
  public RecentSends(Instant completeFrom) {
    this.olderFrom = completeFrom;
    this.youngerFrom = completeFrom;
  }

  public Instant completeFrom() {
    return olderFrom;
  }

  public int size() {
    return older.size() + younger.size();
  }

  /**
   * Whether an id made at that time, by a clock that may be wrong, must be in here if it was
   * stored.
   */
  public boolean knowsAllSince(Instant made) {
    return !made.minus(CLOCK_ALLOWANCE).isBefore(olderFrom);
  }

  /** Sends must be added in the order in which they were stored. */
  public void add(String senderId, UUID clientId, long seq, Instant storedAt) {
    boolean old = !storedAt.isBefore(youngerFrom.plus(WINDOW));
    if (old || younger.size() >= MAX_IN_GENERATION) {
      older = younger;
      olderFrom = youngerFrom;
      younger = new SeqTable();
      youngerFrom = storedAt;
    }
    younger.put(numberOf(senderId), clientId, seq);
  }

  /** The seq under which it was stored, or {@link #NONE}. */
  public long find(String senderId, UUID clientId) {
    Integer sender = senderNumbers.get(senderId);
    if (sender == null) {
      return NONE;
    }
    long seq = younger.find(sender, clientId);
    return seq == NONE ? older.find(sender, clientId) : seq;
  }

  private int numberOf(String senderId) {
    return senderNumbers.computeIfAbsent(senderId, id -> senderNumbers.size());
  }
}
