package chat.jovial.bench.check;

/**
 * Verdict on the messages of a run.
 *
 * @param stored of which the sender was told that they are stored
 * @param received that the reader got, each counted once
 * @param failed of which the sender was told that they failed
 * @param unanswered of which the sender was told nothing
 * @param lost stored, but never received
 * @param duplicated received again
 * @param reordered received after one with a higher seq
 * @param gaps seqs that no message has, between the lowest and the highest
 * @param contradicted told to the sender with one seq and to the reader with another, or sharing a
 *     seq
 * @param stray answers and pushes that belong to no message of this sender
 */
public record Verdict(
    long sent,
    long stored,
    long received,
    long failed,
    long unanswered,
    long lost,
    long duplicated,
    long reordered,
    long gaps,
    long contradicted,
    long stray) {
  public static final Verdict NONE = new Verdict(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  public Verdict plus(Verdict other) {
    return new Verdict(
        sent + other.sent,
        stored + other.stored,
        received + other.received,
        failed + other.failed,
        unanswered + other.unanswered,
        lost + other.lost,
        duplicated + other.duplicated,
        reordered + other.reordered,
        gaps + other.gaps,
        contradicted + other.contradicted,
        stray + other.stray);
  }

  /** Nothing that was promised was broken; a send that failed and said so breaks no promise. */
  public boolean isClean() {
    return unanswered + lost + duplicated + reordered + gaps + contradicted + stray == 0;
  }
}
