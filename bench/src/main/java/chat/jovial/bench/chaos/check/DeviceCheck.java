package chat.jovial.bench.chaos.check;

import chat.jovial.bench.chaos.evidence.Conversation;
import chat.jovial.bench.chaos.evidence.Evidence;
import chat.jovial.bench.chaos.evidence.Message;
import chat.jovial.bench.chaos.evidence.Presence;
import chat.jovial.bench.chaos.evidence.Row;
import chat.jovial.bench.chaos.evidence.Screen;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Check of what each device holds and showed against the log. */
final class DeviceCheck {
  private final Evidence evidence;
  private final Conversation conversation;
  private final Log log;
  private final Findings findings;
  private final Duration promptness;

  DeviceCheck(
      Evidence evidence,
      Conversation conversation,
      Log log,
      Findings findings,
      Duration promptness) {
    this.evidence = evidence;
    this.conversation = conversation;
    this.log = log;
    this.findings = findings;
    this.promptness = promptness;
  }

  void run() {
    conversation.screens().forEach(this::checkScreen);
    conversation
        .screens()
        .forEach(
            (device, screen) ->
                checkComplete(
                    device, screen, conversation.localStores().getOrDefault(device, List.of())));
  }

  private void checkComplete(int device, Screen screen, List<Row> localStore) {
    Map<Long, Long> held = new HashMap<>();
    for (Row row : localStore) {
      held.put(row.seq(), row.key());
      if (log.rows().containsKey(row.seq()) && !log.has(row)) {
        findings.add(Rule.CONTRADICTED, where(device, row.seq(), row.key()));
      }
    }
    log.rows()
        .forEach(
            (seq, key) -> {
              if (!held.containsKey(seq)) {
                findings.add(Rule.LOST_ON_DEVICE, where(device, seq, key));
              } else if (!screen.wasShown(seq)) {
                findings.add(Rule.NEVER_SHOWN, where(device, seq, key));
              }
            });
  }

  private void checkScreen(int device, Screen screen) {
    List<Screen.Life> lives = screen.lives();
    for (int i = 0; i < lives.size(); i++) {
      Screen.Life life = lives.get(i);
      int end = i + 1 < lives.size() ? lives.get(i + 1).first() : screen.size();
      if (!life.viewInOrder()) {
        findings.add(
            Rule.REORDERED, "device " + device + " began with a view with a gap in " + log.name());
      }
      checkLife(device, screen, life, end);
    }
    for (int i = 0; i < screen.size(); i++) {
      checkPrompt(device, screen, i);
    }
  }

  private void checkLife(int device, Screen screen, Screen.Life life, int end) {
    BitSet shown = (BitSet) life.view().clone();
    for (int i = life.first(); i < end; i++) {
      long seq = screen.seq(i);
      if (shown.get((int) seq)) {
        findings.add(Rule.DUPLICATED, where(device, seq, screen.key(i)));
      } else if (seq < shown.length()) {
        findings.add(
            Rule.REORDERED,
            where(device, seq, screen.key(i)) + ", shown after " + (shown.length() - 1));
      }
      shown.set((int) seq);
      Long key = log.rows().get(seq);
      if (key != null && key != screen.key(i)) {
        findings.add(Rule.CONTRADICTED, where(device, seq, screen.key(i)) + " on the screen");
      } else if (key == null && !isLostMessage(screen.key(i))) {
        findings.add(
            Rule.CONTRADICTED,
            where(device, seq, screen.key(i)) + " was shown but is not in the log");
      }
    }
  }

  /** Counted as lost already. */
  private boolean isLostMessage(long key) {
    Message message = log.messages().get(key);
    return message != null && message.wasStored() && !log.contains(key);
  }

  private void checkPrompt(int device, Screen screen, int index) {
    Message message = log.messages().get(screen.key(index));
    if (message == null || !message.wasStored()) {
      return;
    }
    Presence.Span wait = new Presence.Span(message.storedNanos(), screen.nanos(index));
    if (wait.nanos() <= promptness.toNanos()) {
      return;
    }
    for (Presence.Span online : evidence.presence(device).spans()) {
      Presence.Span both =
          new Presence.Span(
              Math.max(wait.from(), online.from()), Math.min(wait.until(), online.until()));
      long excused = evidence.blackouts().stream().mapToLong(both::overlap).sum();
      if (both.nanos() - excused > promptness.toNanos()) {
        findings.add(
            Rule.LATE,
            where(device, screen.seq(index), screen.key(index))
                + " after "
                + Duration.ofNanos(both.nanos() - excused).toSeconds()
                + " s of being connected");
      }
    }
  }

  private String where(int device, long seq, long key) {
    return "device " + device + ": " + log.at(seq, key);
  }
}
