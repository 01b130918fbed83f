package chat.jovial.model.membership;

import chat.jovial.model.explore.Bounds;
import chat.jovial.model.explore.Field;
import chat.jovial.model.explore.Layout;
import chat.jovial.model.explore.Model;
import chat.jovial.model.explore.Steps;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bob is added to a space and removed, perhaps more than once; others write all the time, Bob tries
 * to. The log itself is taken as sound: what is queued gets its numbers in order. Bob gets entries
 * by pushes, late or lost, through an edge that keeps a view of its members, and by history.
 */
final class MembershipModel implements Model {
  private static final int MESSAGE = 1;
  private static final int OF_BOB = 2;
  private static final int ADDED = 3;
  private static final int REMOVED = 4;
  private static final String[] WORDS = {
    "", "a message", "Bob's message", "Bob's joining", "Bob's leaving"
  };

  private final Layout layout = new Layout();
  private final int entries;
  private final int queued;
  private final Set<MembershipRule> without;

  private final Field log;
  private final Field queue;
  private final Field pushed;
  private final Field shown;
  private final Field viewAsOf = layout.number();
  private final Field viewFrom = layout.number();
  private final Field askedHistory = layout.number();

  MembershipModel(Bounds bounds, Set<MembershipRule> without) {
    bounds.check(Set.of("entries", "queued"));
    this.without = without;
    entries = bounds.number("entries", 4);
    queued = bounds.number("queued", 2);
    log = layout.list(entries + 1);
    queue = layout.list(queued);
    pushed = layout.list(entries + 1);
    shown = layout.list(entries + 1);
  }

  @Override
  public byte[] start() {
    return layout.state();
  }

  private int end(byte[] s) {
    int end = 0;
    while (end < entries && log.get(s, end + 1) != 0) {
      end++;
    }
    return end;
  }

  private int queueSize(byte[] s) {
    int size = 0;
    while (size < queued && queue.get(s, size) != 0) {
      size++;
    }
    return size;
  }

  /** The number from which on Bob is a member at a number, 0 if he is none; as the log says. */
  private int joinedAt(byte[] s, int number) {
    int joined = 0;
    for (int q = 1; q <= number; q++) {
      joined = log.get(s, q) == ADDED ? q : log.get(s, q) == REMOVED ? 0 : joined;
    }
    return joined;
  }

  private boolean isMemberAfterQueue(byte[] s) {
    boolean member = joinedAt(s, end(s)) != 0;
    for (int i = 0; i < queueSize(s); i++) {
      int kind = queue.get(s, i);
      member = kind == ADDED || (kind != REMOVED && member);
    }
    return member;
  }

  private int lastChange(byte[] s, int number) {
    int last = 0;
    for (int q = 1; q <= number; q++) {
      last = log.get(s, q) == ADDED || log.get(s, q) == REMOVED ? q : last;
    }
    return last;
  }

  @Override
  public void steps(byte[] s, Steps steps) {
    boolean afterQueue = isMemberAfterQueue(s);
    boolean atEnd = joinedAt(s, end(s)) != 0;
    take(s, MESSAGE, steps);
    if (without.contains(MembershipRule.QUEUE_COUNTS) ? atEnd : afterQueue) {
      take(s, OF_BOB, steps);
    }
    take(s, afterQueue ? REMOVED : ADDED, steps);
    acknowledge(s, steps);
    for (int q = 1; q <= end(s); q++) {
      if (pushed.get(s, q) != 0) {
        push(s, q, steps);
      }
    }
    if (viewAsOf.get(s) < end(s)) {
      byte[] next = s.clone();
      lookAgain(next);
      steps.to(next, () -> "the edge reads who is a member");
    }
    history(s, steps);
  }

  private void lookAgain(byte[] next) {
    viewAsOf.set(next, end(next));
    viewFrom.set(next, joinedAt(next, end(next)));
  }

  private void take(byte[] s, int kind, Steps steps) {
    int size = queueSize(s);
    if (size < queued && end(s) + size < entries) {
      byte[] next = s.clone();
      queue.set(next, size, kind);
      steps.to(next, () -> "the owner takes " + WORDS[kind]);
    }
  }

  private void acknowledge(byte[] s, Steps steps) {
    int size = queueSize(s);
    if (size > 0) {
      byte[] next = s.clone();
      int end = end(s);
      for (int i = 0; i < size; i++) {
        log.set(next, end + 1 + i, queue.get(s, i));
        pushed.set(next, end + 1 + i, 1);
      }
      queue.clear(next);
      steps.to(next, () -> "what was queued is acknowledged, the end is " + end(next));
    }
  }

  private void push(byte[] s, int q, Steps steps) {
    byte[] lost = s.clone();
    pushed.set(lost, q, 0);
    steps.to(lost, () -> "the push of " + q + " is lost");
    byte[] next = s.clone();
    boolean old = viewAsOf.get(s) < lastChange(s, q);
    if (old && !without.contains(MembershipRule.VIEW_NOT_OLDER)) {
      lookAgain(next);
      steps.to(next, () -> "the edge's view is too old for " + q + ": read again");
      return;
    }
    pushed.set(next, q, 0);
    int from = viewFrom.get(s);
    if (from != 0 && (q >= from || without.contains(MembershipRule.FROM_JOIN))) {
      shown.set(next, q, 1);
      steps.to(next, () -> "the edge pushes " + q + " to Bob");
    } else {
      steps.to(next, () -> "the edge has nobody to push " + q + " to");
    }
  }

  private void history(byte[] s, Steps steps) {
    boolean looksBefore = without.contains(MembershipRule.HISTORY_BY_SEQ);
    if (looksBefore && askedHistory.get(s) == 0) {
      if (joinedAt(s, end(s)) != 0) {
        byte[] next = s.clone();
        askedHistory.set(next, 1);
        steps.to(next, () -> "Bob asks for the history: he is a member");
      }
      return;
    }
    byte[] next = s.clone();
    askedHistory.set(next, 0);
    for (int q = 1; q <= end(s); q++) {
      if (looksBefore || mayBeShown(s, q)) {
        shown.set(next, q, 1);
      }
    }
    steps.to(next, () -> "Bob is shown the history");
  }

  /** What was while he was a member, his joining and his leaving. */
  private boolean mayBeShown(byte[] s, int q) {
    return joinedAt(s, q) != 0 || log.get(s, q) == REMOVED;
  }

  @Override
  public byte[] canonical(byte[] s) {
    return s;
  }

  @Override
  public @Nullable String violation(byte[] s) {
    for (int q = 1; q <= end(s); q++) {
      if (log.get(s, q) == OF_BOB && joinedAt(s, q - 1) == 0) {
        return "I5: " + q + " is by Bob, who is no member there";
      }
      if (shown.get(s, q) != 0 && !mayBeShown(s, q)) {
        return "I5: Bob is shown " + q + ", where he is no member";
      }
    }
    return null;
  }

  @Override
  public boolean isGoal(byte[] s) {
    return end(s) == entries;
  }

  @Override
  public String show(byte[] s) {
    StringBuilder text = new StringBuilder("log:");
    for (int q = 1; q <= end(s); q++) {
      text.append(' ').append(q).append('=').append(WORDS[log.get(s, q)]);
      text.append(shown.get(s, q) != 0 ? " (shown to Bob)" : "");
    }
    return text.toString();
  }
}
