package chat.jovial.bench.chaos.check;

import chat.jovial.bench.chaos.evidence.Conversation;
import chat.jovial.bench.chaos.evidence.Evidence;
import java.time.Duration;

/**
 * Judges a run when it is over: nothing is sent any more, every device is connected and was given
 * time. One broken promise is counted under one rule, the one nearest to its cause: what the store
 * lost is not also counted as missing on each screen.
 */
public final class Checker {
  private final Duration promptness;

  /**
   * @param promptness within this time a connected device shows what is stored
   */
  public Checker(Duration promptness) {
    this.promptness = promptness;
  }

  public Findings check(Evidence evidence) {
    Findings findings = new Findings();
    for (Conversation conversation : evidence.conversations()) {
      Log log = Log.of(conversation, evidence.cast());
      new LogCheck(conversation, log, findings).run();
      new DeviceCheck(evidence, conversation, log, findings, promptness).run();
      new ReceiptCheck(conversation, log, evidence.cast(), findings).run();
    }
    return findings;
  }
}
