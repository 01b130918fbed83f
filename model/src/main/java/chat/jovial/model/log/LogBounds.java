package chat.jovial.model.log;

import chat.jovial.model.explore.Bounds;
import java.util.Set;

/**
 * Bounds of the log that the model explores.
 *
 * @param owners one after the other
 * @param kinds one letter a message: {@code m} plain, {@code x} expiring, {@code e} an edit of the
 *     first message, {@code r} a redaction of it
 * @param numbers the highest that is given
 * @param group messages in a group
 * @param bucket numbers in a bucket; all in one, without an index, if 0
 * @param shorter numbers that the first bucket has less than the others
 * @param stored messages that are stored on all replicas at the start, at their own numbers, and
 *     are not sent again
 * @param losses actors lost within a claim
 * @param evictions actors that leave memory with nothing unresolved
 * @param repairs single rows copied by somebody else's read
 * @param formers whether a former owner goes on with the group that it was preparing
 * @param reads whole histories read by a member
 * @param retries whether a message may be sent again
 * @param bodies whether bodies are modelled
 * @param torn whether the two replicas of a read answer at different times
 * @param slots mutations under way at once
 */
public record LogBounds(
    int owners,
    String kinds,
    int numbers,
    int group,
    int bucket,
    int shorter,
    int stored,
    int losses,
    int evictions,
    int repairs,
    boolean formers,
    int reads,
    boolean retries,
    boolean bodies,
    boolean torn,
    int slots) {

  static final char PLAIN = 'm';
  static final char EXPIRING = 'x';
  static final char EDIT = 'e';
  static final char REDACTION = 'r';

  private static final Set<String> NAMES =
      Set.of(
          "owners",
          "messages",
          "numbers",
          "group",
          "bucket",
          "shorter",
          "stored",
          "losses",
          "evictions",
          "repairs",
          "formers",
          "reads",
          "retries",
          "bodies",
          "torn",
          "slots");

  public static LogBounds of(Bounds bounds) {
    bounds.check(NAMES);
    return new LogBounds(
        bounds.number("owners", 2),
        bounds.word("messages", "mm"),
        bounds.number("numbers", 3),
        bounds.number("group", 2),
        bounds.number("bucket", 0),
        bounds.number("shorter", 0),
        bounds.number("stored", 0),
        bounds.number("losses", 0),
        bounds.number("evictions", 0),
        bounds.number("repairs", 0),
        bounds.number("formers", 1) > 0,
        bounds.number("reads", 0),
        bounds.number("retries", 1) > 0,
        bounds.number("bodies", 0) > 0,
        bounds.number("torn", 0) > 0,
        bounds.number("slots", 10));
  }

  int messages() {
    return kinds.length();
  }

  char kind(int message) {
    return kinds.charAt(message - 1);
  }

  boolean hasIndex() {
    return bucket > 0;
  }

  int buckets() {
    return hasIndex() ? bucketOf(numbers) : 1;
  }

  /** The bucket of a number; like numbers, buckets are counted from 1 here. */
  int bucketOf(int number) {
    return hasIndex() ? (number - 1 + shorter) / bucket + 1 : 1;
  }

  int firstOf(int whichBucket) {
    return hasIndex() ? Math.max(1, (whichBucket - 1) * bucket + 1 - shorter) : 1;
  }

  int lastOf(int whichBucket) {
    return hasIndex() ? Math.min(numbers, whichBucket * bucket - shorter) : numbers;
  }

  boolean has(char kind) {
    return kinds.indexOf(kind) >= 0;
  }
}
