package chat.jovial.model.log;

import chat.jovial.model.explore.Field;
import chat.jovial.model.explore.Layout;

/** State of the log. Numbers, messages, buckets and owners count from 1. */
final class LogState {
  static final int REPLICAS = 3;

  /** Phases of the owner. */
  static final int INDEX = 1;

  static final int NEWEST = 2;
  static final int BEYOND = 3;
  static final int BEYOND_SECOND_ANSWER = 4;
  static final int BODIES = 5;
  static final int SETTLING = 6;
  static final int SETTLING_NEXT_BUCKET = 7;
  static final int MARKING_KEPT = 8;
  static final int ACTIVE = 9;
  static final int PREPARING = 10;
  static final int WRITING = 11;

  /** Contents of a body's row, besides the number of the message whose text it is. */
  static final int NO_ROW = 0;

  static final int FOREVER = 100;
  static final int GONE = 200;
  static final int HUSK = 201;
  static final int MARKED = 202;

  /** Stages of a redaction. */
  static final int MARKING = 1;

  static final int MARKS_DONE = 2;

  /** Stages of a read of the history. */
  static final int END_KNOWN = 1;

  static final int ROWS_FIRST_ANSWER = 2;
  static final int ROWS_KNOWN = 3;

  /** What is wrong with a step, kept in {@link #fault}. */
  static final int TOLD_ELSEWHERE = 1;

  static final int END_WENT_BACK = 2;
  static final int NUMBER_CHANGED = 3;
  static final int SHOWN_WRONG = 4;
  static final int SHOWN_LESS = 5;
  static final int STORED_TWICE = 6;
  static final int SHOWN_WITH_GAP = 7;

  /** Epochs of successive owners are so far apart; losses count up in between. */
  static final int CLAIM_STEP = 8;

  /** A timestamp by a clock that is far ahead. */
  static final int FAR_AHEAD = 120;

  final LogBounds bounds;
  private final Layout layout = new Layout();

  // Each replica.
  final Field entryTime;
  final Field entryMessage;
  final Field entryBase;
  final Field entryFence;
  final Field bodyTime;
  final Field bodyText;
  final Field bodyFence;
  final Field index;
  final Field sendTime;
  final Field sendNumber;
  final Field hint;
  final Field expired;
  final Field readFirst;
  final Field historyFirst;

  final Field[] ofReplicas;

  /** What is under way to the replicas; see {@link Mutations}. */
  final Field mutation;

  // The owner.
  final Field owner = layout.number();
  final Field phase = layout.number();
  final Field epoch = layout.number();
  final Field tail = layout.number();
  final Field openBucket = layout.number();
  final Field foundBase = layout.number();
  final Field foundTime = layout.number();
  final Field found;
  final Field snapTime;
  final Field snapMessage;
  final Field snapBase;
  final Field snapFence;
  final Field queue;
  final Field inFlight;
  final Field memoryFrom = layout.number();
  final Field remembered;
  final Field lookedUp = layout.number();
  final Field lookedUpBucket = layout.number();
  final Field lookedUpNumber = layout.number();
  final Field redaction = layout.number();
  final Field editChecked = layout.number();
  final Field formerTail = layout.number();

  // A group that a former owner sends as soon as what has to be there before is: nothing in between
  // looks at the lease.
  final Field formerGroupTail = layout.number();
  final Field formerGroupEpoch = layout.number();
  final Field formerGroup;

  // What is left of the bounds.
  final Field losses = layout.number();
  final Field evictions = layout.number();
  final Field repairs = layout.number();
  final Field reads = layout.number();

  // A member who reads the history.
  final Field reading = layout.number();
  final Field readEnd = layout.number();
  final Field readAsked = layout.number();
  final Field readAtLeast = layout.number();
  final Field readMessage;
  final Field readTime;
  final Field readBase;
  final Field readFence;

  // What is only looked at from outside.
  final Field made;
  final Field told;
  final Field content;
  final Field fault = layout.number();

  LogState(LogBounds bounds) {
    this.bounds = bounds;
    int numbers = bounds.numbers() + 1;
    int messages = bounds.messages() + 1;
    int bodies = bounds.bodies() ? numbers : 0;
    int reads = bounds.reads() > 0 ? numbers : 0;
    int torn = bounds.torn() ? numbers : 0;
    entryTime = layout.table(REPLICAS, numbers);
    entryMessage = layout.table(REPLICAS, numbers);
    entryBase = layout.table(REPLICAS, numbers);
    entryFence = layout.table(REPLICAS, numbers);
    bodyTime = layout.table(REPLICAS, bodies);
    bodyText = layout.table(REPLICAS, bodies);
    bodyFence = layout.table(REPLICAS, bodies);
    index = layout.table(REPLICAS, bounds.hasIndex() ? bounds.buckets() + 1 : 0);
    sendTime = layout.table(REPLICAS, messages * bounds.buckets());
    sendNumber = layout.table(REPLICAS, messages * bounds.buckets());
    hint = layout.table(REPLICAS, bounds.has(LogBounds.EDIT) ? numbers : 0);
    expired = layout.table(REPLICAS, 1);
    readFirst = layout.table(REPLICAS, 1);
    historyFirst = layout.table(REPLICAS, 1);
    ofReplicas =
        new Field[] {
          entryTime,
          entryMessage,
          entryBase,
          entryFence,
          bodyTime,
          bodyText,
          bodyFence,
          index,
          sendTime,
          sendNumber,
          hint,
          expired,
          readFirst,
          historyFirst
        };
    mutation = layout.table(bounds.slots(), Mutations.width(bounds));
    found = layout.list(numbers);
    snapTime = layout.list(torn);
    snapMessage = layout.list(torn);
    snapBase = layout.list(torn);
    snapFence = layout.list(torn);
    queue = layout.list(bounds.group());
    inFlight = layout.list(bounds.group());
    formerGroup = layout.list(bounds.group());
    remembered = layout.list(messages);
    readMessage = layout.list(reads);
    readTime = layout.list(reads);
    readBase = layout.list(reads);
    readFence = layout.list(reads);
    made = layout.list(messages);
    told = layout.list(messages);
    content = layout.list(numbers);
  }

  byte[] start() {
    byte[] s = layout.state();
    owner.set(s, 1);
    epoch.set(s, CLAIM_STEP);
    phase.set(s, ACTIVE);
    openBucket.set(s, bounds.hasIndex() ? 0 : 1);
    losses.set(s, bounds.losses());
    evictions.set(s, bounds.evictions());
    repairs.set(s, bounds.repairs());
    reads.set(s, bounds.reads());
    return s;
  }

  /** The highest number that was ever acknowledged under a lease. */
  int end(byte[] s) {
    int end = bounds.numbers();
    while (end > 0 && content.get(s, end) == 0) {
      end--;
    }
    return end;
  }

  /** The number at which a message is acknowledged, or 0. */
  int numberOf(byte[] s, int message) {
    for (int q = 1; q <= bounds.numbers(); q++) {
      if (content.get(s, q) == message) {
        return q;
      }
    }
    return 0;
  }

  int size(byte[] s, Field list) {
    int size = 0;
    while (size < list.columns() && list.get(s, size) != 0) {
      size++;
    }
    return size;
  }

  boolean contains(byte[] s, Field list, int message) {
    for (int i = 0; i < list.columns(); i++) {
      if (list.get(s, i) == message) {
        return true;
      }
    }
    return false;
  }

  void fail(byte[] s, int which) {
    if (fault.get(s) == 0) {
      fault.set(s, which);
    }
  }
}
