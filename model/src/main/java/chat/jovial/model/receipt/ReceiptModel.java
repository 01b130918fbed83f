package chat.jovial.model.receipt;

import chat.jovial.model.explore.Bounds;
import chat.jovial.model.explore.Field;
import chat.jovial.model.explore.Layout;
import chat.jovial.model.explore.Model;
import chat.jovial.model.explore.Steps;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One reader with one device, one sender, owners in succession (ADR 4). The log itself is taken as
 * sound: an end that only grows. The store is one row whose writes arrive at any time or never.
 */
final class ReceiptModel implements Model {
  private static final Set<String> NAMES = Set.of("entries", "owners", "crashes", "writes");

  private final Layout layout = new Layout();
  private final int entries;
  private final int owners;
  private final int crashes;
  private final Set<ReceiptRule> without;

  private final Field end = layout.number();
  private final Field received;
  private final Field stored;
  private final Field seen = layout.number();
  private final Field deviceCrashes = layout.number();

  /** Acknowledgements under way: whether one with these two watermarks is. */
  private final Field delivering;

  private final Field reading;
  private final Field owner = layout.number();
  private final Field loaded = layout.number();
  private final Field delivered = layout.number();
  private final Field read = layout.number();

  /** Writes under way: delivered, read, whether the present owner waits. */
  private final Field write;

  private final Field rowDelivered = layout.number();
  private final Field rowRead = layout.number();
  private final Field rowDeliveredTime = layout.number();
  private final Field rowReadTime = layout.number();
  private final Field toldDelivered = layout.number();
  private final Field toldRead = layout.number();
  private final Field wentBack = layout.number();

  ReceiptModel(Bounds bounds, Set<ReceiptRule> without) {
    bounds.check(NAMES);
    this.without = without;
    entries = bounds.number("entries", 2);
    owners = bounds.number("owners", 2);
    crashes = bounds.number("crashes", 1);
    received = layout.list(entries + 2);
    stored = layout.list(entries + 2);
    delivering = layout.list(entries + 2);
    reading = layout.list(entries + 2);
    write = layout.table(bounds.number("writes", 2), 4);
  }

  @Override
  public byte[] start() {
    byte[] s = layout.state();
    owner.set(s, 1);
    loaded.set(s, 1);
    deviceCrashes.set(s, crashes);
    return s;
  }

  @Override
  public void steps(byte[] s, Steps steps) {
    if (end.get(s) < entries) {
      byte[] next = s.clone();
      end.set(next, end.get(s) + 1);
      steps.to(next, () -> "the end is " + end.get(next));
    }
    device(s, steps);
    owner(s, steps);
    store(s, steps);
  }

  // ---- The device

  private void device(byte[] s, Steps steps) {
    for (int q = 1; q <= end.get(s); q++) {
      int entry = q;
      if (received.get(s, q) == 0) {
        byte[] next = s.clone();
        received.set(next, q, 1);
        steps.to(next, () -> "the device gets " + entry);
      } else if (stored.get(s, q) == 0) {
        byte[] next = s.clone();
        stored.set(next, q, 1);
        steps.to(next, () -> "the device has stored " + entry);
      }
    }
    if (deviceCrashes.get(s) > 0) {
      byte[] next = s.clone();
      deviceCrashes.set(next, deviceCrashes.get(s) - 1);
      for (int q = 1; q <= entries; q++) {
        received.set(next, q, stored.get(s, q));
      }
      steps.to(next, () -> "the device crashes");
    }
    int held = held(s, without.contains(ReceiptRule.STORED_BEFORE_ACK) ? received : stored);
    if (seen.get(s) < held(s, stored)) {
      byte[] next = s.clone();
      seen.set(next, seen.get(s) + 1);
      steps.to(next, () -> "the person sees " + seen.get(next));
    }
    acknowledge(s, delivering, held, "delivered", steps);
    acknowledge(s, reading, seen.get(s), "read", steps);
    if (without.contains(ReceiptRule.NOT_ABOVE_END)) {
      acknowledge(s, delivering, entries, "delivered", steps);
    }
  }

  /** Up to where the device has all, or without the rule the highest that it has. */
  private int held(byte[] s, Field which) {
    int held = 0;
    for (int q = 1; q <= entries; q++) {
      boolean counts = held == q - 1 || without.contains(ReceiptRule.BELOW_GAP);
      held = which.get(s, q) != 0 && counts ? q : held;
    }
    return held;
  }

  private void acknowledge(byte[] s, Field kind, int upto, String word, Steps steps) {
    if (upto > 0 && kind.get(s, upto) == 0) {
      byte[] next = s.clone();
      kind.set(next, upto, 1);
      steps.to(next, () -> "the device says: " + word + " up to " + upto);
    }
  }

  // ---- The owner

  private void owner(byte[] s, Steps steps) {
    if (owner.get(s) < owners) {
      byte[] next = s.clone();
      owner.set(next, owner.get(s) + 1);
      delivered.set(next, 0);
      read.set(next, 0);
      loaded.set(next, without.contains(ReceiptRule.LOADED_FIRST) ? 1 : 0);
      for (int slot = 0; slot < write.rows(); slot++) {
        boolean tells = without.contains(ReceiptRule.TOLD_UNDER_LEASE);
        write.set(next, slot, 3, tells ? write.get(s, slot, 3) : 0);
      }
      steps.to(next, () -> "owner " + owner.get(next) + " takes over");
    }
    if (loaded.get(s) == 0) {
      byte[] next = s.clone();
      loaded.set(next, 1);
      delivered.set(next, rowDelivered.get(s));
      read.set(next, rowRead.get(s));
      steps.to(
          next,
          () -> "the owner loads delivered " + delivered.get(next) + ", read " + read.get(next));
      return;
    }
    for (int upto = 1; upto <= entries; upto++) {
      take(s, delivering, upto, steps);
      take(s, reading, upto, steps);
    }
  }

  /** Takes the watermark in and writes both; reading includes delivery. */
  private void take(byte[] s, Field kind, int upto, Steps steps) {
    if (kind.get(s, upto) == 0) {
      return;
    }
    byte[] next = s.clone();
    kind.set(next, upto, 0);
    delivered.set(next, Math.max(upto, delivered.get(s)));
    if (kind == reading) {
      read.set(next, Math.max(upto, read.get(s)));
    }
    int slot = 0;
    boolean waits = false;
    while (slot < write.rows() && write.get(s, slot, 2) != 0) {
      waits |= write.get(s, slot, 3) != 0;
      slot++;
    }
    if (slot == write.rows() || (waits && !without.contains(ReceiptRule.ONE_WRITE))) {
      return;
    }
    write.set(next, slot, 0, delivered.get(next));
    write.set(next, slot, 1, read.get(next));
    write.set(next, slot, 2, 1);
    write.set(next, slot, 3, 1);
    if (without.contains(ReceiptRule.STORED_BEFORE_TOLD)) {
      tell(next, delivered.get(next), read.get(next));
    }
    steps.to(
        next,
        () ->
            "owner "
                + owner.get(s)
                + " writes delivered "
                + delivered.get(next)
                + ", read "
                + read.get(next));
  }

  // ---- The store

  private void store(byte[] s, Steps steps) {
    for (int slot = 0; slot < write.rows(); slot++) {
      if (write.get(s, slot, 2) == 0) {
        continue;
      }
      byte[] lost = s.clone();
      write.clearRow(lost, slot);
      steps.to(lost, () -> "a write is lost");
      if (write.get(s, slot, 3) != 0) {
        byte[] late = s.clone();
        write.set(late, slot, 3, 0);
        steps.to(late, () -> "a write takes too long: the owner waits no more");
      }
      byte[] next = s.clone();
      int newDelivered = write.get(s, slot, 0);
      int newRead = write.get(s, slot, 1);
      put(next, rowDelivered, rowDeliveredTime, newDelivered, newDelivered);
      boolean own = !without.contains(ReceiptRule.TIME_EACH);
      put(next, rowRead, rowReadTime, newRead, own ? newRead : newDelivered);
      boolean told = write.get(s, slot, 3) != 0;
      if (told) {
        tell(next, newDelivered, newRead);
      }
      write.clearRow(next, slot);
      steps.to(
          next,
          () ->
              "the store has delivered "
                  + newDelivered
                  + ", read "
                  + newRead
                  + (told ? ": told" : ", written by a former owner"));
    }
    // The sender's next sync.
    byte[] next = s.clone();
    tell(next, rowDelivered.get(s), rowRead.get(s));
    if (wentBack.get(next) != 0) {
      steps.to(
          next,
          () -> "the sender syncs: delivered " + rowDelivered.get(s) + ", read " + rowRead.get(s));
    }
  }

  private void put(byte[] next, Field value, Field time, int newValue, int newTime) {
    boolean arrivalDecides = without.contains(ReceiptRule.WATERMARK_IS_TIME);
    int order = Integer.compare(newTime, time.get(next));
    if (arrivalDecides || order > 0 || (order == 0 && newValue > value.get(next))) {
      value.set(next, newValue);
      time.set(next, newTime);
    }
  }

  private void tell(byte[] next, int newDelivered, int newRead) {
    if (newDelivered < toldDelivered.get(next) || newRead < toldRead.get(next)) {
      wentBack.set(next, 1);
    }
    toldDelivered.set(next, Math.max(newDelivered, toldDelivered.get(next)));
    toldRead.set(next, Math.max(newRead, toldRead.get(next)));
  }

  // ---- Questions

  @Override
  public byte[] canonical(byte[] s) {
    for (int i = 1; i < write.rows(); i++) {
      for (int j = i; j > 0 && write.compareRows(s, j - 1, j) < 0; j--) {
        for (int column = 0; column < write.columns(); column++) {
          int moved = write.get(s, j, column);
          write.set(s, j, column, write.get(s, j - 1, column));
          write.set(s, j - 1, column, moved);
        }
      }
    }
    return s;
  }

  @Override
  public @Nullable String violation(byte[] s) {
    if (wentBack.get(s) != 0) {
      return "a watermark that the sender has seen went back";
    }
    for (int q = 1; q <= toldDelivered.get(s); q++) {
      if (q > end.get(s) || stored.get(s, q) == 0) {
        return "I4: the sender sees " + q + " as delivered and the device does not hold it";
      }
    }
    return toldRead.get(s) > seen.get(s)
        ? "I4: the sender sees " + toldRead.get(s) + " as read and nobody has seen it"
        : null;
  }

  @Override
  public boolean isGoal(byte[] s) {
    return toldRead.get(s) == entries && owner.get(s) == owners;
  }

  @Override
  public String show(byte[] s) {
    return "end "
        + end.get(s)
        + "; told: delivered "
        + toldDelivered.get(s)
        + ", read "
        + toldRead.get(s)
        + "; stored: delivered "
        + rowDelivered.get(s)
        + ", read "
        + rowRead.get(s);
  }
}
