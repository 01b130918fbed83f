package chat.jovial.bench;

import java.util.SplittableRandom;

/** The text of the messages: letters that neither JSON nor UTF-8 makes longer. */
final class Texts {
  /** The same in each run. */
  private static final long SEED = 2026;

  private Texts() {}

  static String random(int bytes) {
    SplittableRandom random = new SplittableRandom(SEED);
    StringBuilder text = new StringBuilder(bytes);
    for (int i = 0; i < bytes; i++) {
      text.append(random.nextInt(6) == 0 ? ' ' : (char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }
}
