package chat.jovial.bench.chaos.check;

import chat.jovial.bench.chaos.evidence.Conversation;
import chat.jovial.bench.chaos.evidence.Message;
import chat.jovial.bench.chaos.evidence.Row;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Check of what senders were told against what members read, and the store's tables against both.
 */
final class LogCheck {
  private final Conversation conversation;
  private final Log log;
  private final Findings findings;

  LogCheck(Conversation conversation, Log log, Findings findings) {
    this.conversation = conversation;
    this.log = log;
    this.findings = findings;
  }

  void run() {
    Set<Long> explained = checkSenders();
    checkNumbers(explained);
    checkMembers();
    checkTable();
    conversation.messages().forEach(this::checkOrderOf);
  }

  /** Returns the numbers whose absence is counted here. */
  private Set<Long> checkSenders() {
    Set<Long> explained = new HashSet<>();
    for (Message message : log.messages().values()) {
      boolean there = log.contains(message.key());
      if (message.wasStored() && !there) {
        explained.add(message.seq());
        findings.add(Rule.LOST, log.at(message.seq(), message.key()));
      } else if (message.wasStored() && !log.has(new Row(message.seq(), message.key()))) {
        findings.add(
            Rule.CONTRADICTED,
            log.at(message.seq(), message.key())
                + ", the sender was told, but it is at "
                + log.places().get(message.key()));
      } else if (message.isOpen() && !there) {
        findings.add(Rule.VANISHED, log.at(0, message.key()));
      }
    }
    return explained;
  }

  private void checkNumbers(Set<Long> explained) {
    for (long seq = 1; seq <= log.end(); seq++) {
      if (!log.rows().containsKey(seq) && !explained.contains(seq)) {
        findings.add(Rule.GAP, seq + " of " + log.name());
      }
    }
    log.places()
        .forEach(
            (key, seqs) -> {
              if (!log.messages().containsKey(key)) {
                seqs.forEach(seq -> findings.add(Rule.STRANGE, log.at(seq, key)));
              } else if (seqs.size() > 1) {
                findings.add(Rule.DUPLICATED, log.at(seqs.get(0), key) + ", stored at " + seqs);
              }
            });
  }

  /** Every member reads the same, once and in order. */
  private void checkMembers() {
    conversation
        .histories()
        .forEach(
            (user, history) -> {
              Map<Long, Long> seen = new HashMap<>();
              long last = 0;
              for (Row row : history) {
                if (row.seq() <= last) {
                  findings.add(Rule.REORDERED, "history of user " + user + ": " + text(row));
                }
                last = row.seq();
                seen.put(row.seq(), row.key());
                if (!log.has(row)) {
                  findings.add(Rule.CONTRADICTED, "history of user " + user + ": " + text(row));
                }
              }
              log.rows()
                  .forEach(
                      (seq, key) -> {
                        if (!seen.containsKey(seq)) {
                          findings.add(
                              Rule.LOST,
                              log.at(seq, key) + " is not in user " + user + "'s history");
                        }
                      });
            });
  }

  /** Rows beyond the end are of groups that were never acknowledged. */
  private void checkTable() {
    if (!conversation.isTableRead()) {
      return;
    }
    Map<Long, Long> table = new HashMap<>();
    conversation.table().forEach(row -> table.put(row.seq(), row.key()));
    log.rows()
        .forEach(
            (seq, key) -> {
              Long stored = table.get(seq);
              if (stored == null) {
                findings.add(Rule.LOST, log.at(seq, key) + " is not in the table");
              } else if (!stored.equals(key)) {
                findings.add(Rule.CONTRADICTED, log.at(seq, key) + ", but not in the table");
              }
            });
  }

  /** One device's messages in the order sent, each answer after what it answers. */
  private void checkOrderOf(int device, List<Message> sent) {
    long last = 0;
    for (Message message : sent) {
      List<Long> places = log.places().get(message.key());
      if (places == null) {
        continue;
      }
      long seq = places.get(0);
      if (seq < last) {
        findings.add(Rule.REORDERED, log.at(seq, message.key()) + " comes before an older one");
      } else if (seq <= message.replyTo()) {
        findings.add(Rule.REORDERED, log.at(seq, message.key()) + " answers " + message.replyTo());
      }
      last = Math.max(last, seq);
    }
  }

  private String text(Row row) {
    return log.at(row.seq(), row.key());
  }
}
