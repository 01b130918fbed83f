package chat.jovial.bench.check;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Follows the messages of one sender to one reader in a conversation of their own, and says what
 * was lost, shown twice or out of order. Messages have numbers 0, 1, 2, ... in the order sent; the
 * conversation's {@code seq} is the server's. Confined to one thread.
 */
public final class StreamChecker {
  /** Four bytes are kept for each message; a pair that sends more than this is no pair. */
  private static final int MAX_MESSAGES = 50_000_000;

  private final BitSet stored = new BitSet();
  private final BitSet received = new BitSet();
  private final BitSet seenSeqs = new BitSet();

  /** For each number the seq that the sender or the reader was told first; 0 if neither yet. */
  private int[] seqOf = new int[1024];

  private int sent;
  private int failed;
  private int duplicated;
  private int reordered;
  private int contradicted;
  private int stray;
  private long highestReceived;
  private long lowestSeq = Long.MAX_VALUE;
  private long highestSeq;

  /** The number of the next message, which is now on its way. */
  public int send() {
    if (sent == MAX_MESSAGES) {
      throw new IllegalStateException("more than " + MAX_MESSAGES + " messages from one sender");
    }
    return sent++;
  }

  public int sent() {
    return sent;
  }

  /**
   * The sender was told {@code stored}.
   *
   * @return whether that is news
   */
  public boolean stored(long number, long seq) {
    if (!isKnown(number, seq)) {
      return false;
    }
    if (stored.get((int) number)) {
      stray++;
      return false;
    }
    stored.set((int) number);
    noteSeq((int) number, seq);
    return true;
  }

  /**
   * The reader got the message.
   *
   * @return whether that is news
   */
  public boolean received(long number, long seq) {
    if (!isKnown(number, seq)) {
      return false;
    }
    if (received.get((int) number)) {
      duplicated++;
      return false;
    }
    received.set((int) number);
    noteSeq((int) number, seq);
    if (seq < highestReceived) {
      reordered++;
    }
    highestReceived = Math.max(highestReceived, seq);
    return true;
  }

  /** The sender was told that it failed; it may nevertheless be stored. */
  public void failed(long number) {
    if (isKnown(number, 1)) {
      failed++;
    }
  }

  /**
   * Whether the stored log may end there: not before what was promised, and beyond it only by as
   * many as were refused, for a send of which the server does not know the outcome may have been
   * stored.
   */
  public boolean mayEndAt(long seq) {
    return seq >= highestSeq && seq <= highestSeq + failed;
  }

  /** What holds now; ask when nothing more is expected. */
  public Verdict verdict() {
    BitSet lost = (BitSet) stored.clone();
    lost.andNot(received);
    long range = highestSeq == 0 ? 0 : highestSeq - lowestSeq + 1;
    // A failed send may have taken a number that nobody was told of.
    long gaps = Math.max(0, range - seenSeqs.cardinality() - failed);
    return new Verdict(
        sent,
        stored.cardinality(),
        received.cardinality(),
        failed,
        Math.max(0, sent - stored.cardinality() - failed),
        lost.cardinality(),
        duplicated,
        reordered,
        gaps,
        contradicted,
        stray);
  }

  private boolean isKnown(long number, long seq) {
    if (number < 0 || number >= sent || seq < 1 || seq > Integer.MAX_VALUE) {
      stray++;
      return false;
    }
    return true;
  }

  /** One message has one seq, whoever is told, and no two messages have the same. */
  private void noteSeq(int number, long seq) {
    if (number >= seqOf.length) {
      seqOf = Arrays.copyOf(seqOf, Math.max(number + 1, 2 * seqOf.length));
    }
    if (seqOf[number] == 0) {
      seqOf[number] = (int) seq;
      if (seenSeqs.get((int) seq)) {
        contradicted++;
      }
      seenSeqs.set((int) seq);
      lowestSeq = Math.min(lowestSeq, seq);
      highestSeq = Math.max(highestSeq, seq);
    } else if (seqOf[number] != seq) {
      contradicted++;
    }
  }
}
