package chat.jovial.bench.chaos.check;

import chat.jovial.bench.chaos.evidence.Cast;
import chat.jovial.bench.chaos.evidence.Conversation;
import chat.jovial.bench.chaos.evidence.FalseReceipt;

/** Ticks that were told too early: only those of other people's messages are ticks at all. */
final class ReceiptCheck {
  private final Conversation conversation;
  private final Log log;
  private final Cast cast;
  private final Findings findings;

  ReceiptCheck(Conversation conversation, Log log, Cast cast, Findings findings) {
    this.conversation = conversation;
    this.log = log;
    this.cast = cast;
    this.findings = findings;
  }

  void run() {
    for (FalseReceipt receipt : conversation.falseReceipts()) {
      if (receipt.reader() == cast.userOf(receipt.toldDevice())) {
        continue;
      }
      receipt.seqs().stream()
          .filter(seq -> log.senderAt(seq) != receipt.reader())
          .findFirst()
          .ifPresent(
              seq ->
                  findings.add(
                      receipt.read() ? Rule.FALSE_READ : Rule.FALSE_DELIVERED,
                      "device "
                          + receipt.toldDevice()
                          + " was told "
                          + receipt.upto()
                          + " of user "
                          + receipt.reader()
                          + ", but not even "
                          + seq
                          + " was, in "
                          + log.name()));
    }
  }
}
