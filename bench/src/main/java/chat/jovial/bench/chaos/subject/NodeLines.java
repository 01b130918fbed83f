package chat.jovial.bench.chaos.subject;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Reader of what the nodes print, for failure detection. Any thread. */
final class NodeLines {
  /** What {@code OwnershipVerticle} warns of when it lives and its lease was marked dead. */
  static final String OVERTHROWN = "Another process has taken over what this one owned";

  private final Set<String> disturbed = ConcurrentHashMap.newKeySet();
  private final AtomicLong whileDisturbed = new AtomicLong();
  private final AtomicLong outOfTheBlue = new AtomicLong();

  /** Something is done to a node from which it may lose its lease, once. */
  void disturb(String node) {
    disturbed.add(node);
  }

  /** It is over, and the node has had time to notice. */
  void leaveAlone(String node) {
    disturbed.remove(node);
  }

  void read(String line) {
    if (line.contains(OVERTHROWN)) {
      boolean expected = disturbed.stream().anyMatch(node -> line.startsWith(node + " "));
      (expected ? whileDisturbed : outOfTheBlue).incrementAndGet();
    }
  }

  FalseAlarms falseAlarms() {
    return new FalseAlarms(whileDisturbed.get(), outOfTheBlue.get());
  }
}
