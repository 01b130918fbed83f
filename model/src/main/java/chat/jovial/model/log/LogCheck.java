package chat.jovial.model.log;

import org.jspecify.annotations.Nullable;

/** Invariants of the log, checked in every state (design, section 4). */
final class LogCheck {
  private static final String[] FAULTS = {
    "",
    "I2: a message is told at two numbers",
    "I1: the acknowledged end went back",
    "I3: an acknowledged number changed its content",
    "I3: a reader is shown what is not acknowledged under that number",
    "I1: a reader is not shown what was acknowledged before it asked",
    "I2: a message is stored at two numbers",
    "I3: a reader is shown an entry and not the one before it"
  };

  private final LogState at;
  private final Replicas replicas;
  private final LogBounds bounds;

  LogCheck(LogState at, Replicas replicas) {
    this.at = at;
    this.replicas = replicas;
    this.bounds = at.bounds;
  }

  @Nullable String violation(byte[] s) {
    int fault = at.fault.get(s);
    if (fault != 0) {
      return FAULTS[fault];
    }
    for (int message = 1; message <= bounds.messages(); message++) {
      int number = at.told.get(s, message);
      boolean settled = at.phase.get(s) >= LogState.ACTIVE;
      if (settled && number != 0 && at.content.get(s, number) != message) {
        return "I1: m" + message + " was told stored at " + number + " and is not";
      }
    }
    int end = at.end(s);
    boolean redacted = isRedacted(s, end);
    for (int i = 0; i < LogState.REPLICAS; i++) {
      for (int j = i + 1; j < LogState.REPLICAS; j++) {
        for (int q = 1; q <= end; q++) {
          String wrong = wrongAt(s, i, j, q, redacted);
          if (wrong != null) {
            return wrong;
          }
        }
      }
    }
    return null;
  }

  private boolean isRedacted(byte[] s, int end) {
    for (int q = 1; q <= end; q++) {
      int message = at.content.get(s, q);
      if (message != 0 && bounds.kind(message) == LogBounds.REDACTION) {
        return true;
      }
    }
    return false;
  }

  private @Nullable String wrongAt(byte[] s, int i, int j, int q, boolean redacted) {
    int message = at.content.get(s, q);
    int shown = Replicas.messageOf(replicas.entry(s, i, j, q));
    String where = " in a read of " + i + "," + j;
    if (message == 0) {
      return "I3: there is a gap at " + q + ", below the acknowledged end";
    }
    if (shown == 0) {
      return "I1: acknowledged " + q + " (m" + message + ") is missing" + where;
    }
    if (shown != message) {
      return "I3: acknowledged " + q + " is m" + shown + " and was m" + message + where;
    }
    if (!bounds.bodies()) {
      return null;
    }
    char kind = bounds.kind(message);
    int text = replicas.body(s, i, j, q);
    boolean isText = text != LogState.NO_ROW && text < LogState.GONE;
    boolean removable = message == 1 || kind == LogBounds.EDIT;
    if (isText && removable && redacted) {
      return "redacted text of m" + message + " is shown" + where;
    }
    if (isText && text % LogState.FOREVER != message) {
      return "I3: m" + message + " at " + q + " shows the text of m" + text + where;
    }
    boolean asked = bounds.has(LogBounds.REDACTION) && at.made.get(s, bounds.messages()) != 0;
    boolean expired =
        kind == LogBounds.EXPIRING
            && at.expired.get(s, 0, 0) + at.expired.get(s, 1, 0) + at.expired.get(s, 2, 0) > 0;
    if (!isText && kind != LogBounds.REDACTION && !(removable && asked) && !expired) {
      return "I1: the text of m" + message + " at " + q + " is missing" + where;
    }
    boolean expiredHere = at.expired.get(s, i, 0) != 0 && at.expired.get(s, j, 0) != 0;
    if (isText && kind == LogBounds.EXPIRING && expiredHere) {
      return "the text of m" + message + " is shown after its time" + where;
    }
    return null;
  }
}
