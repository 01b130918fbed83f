package chat.jovial.bench.chaos.device;

/** At which commit of its local store a device crashes. Nothing of its memory survives. */
public enum CrashPoint {
  /** When a message is on the device for good, and not yet on its way. */
  AFTER_QUEUED,
  /** When the server has said `stored`, and the device has not yet noted it. */
  BEFORE_STORED,
  /** When an entry has come, and the device does not hold it yet. */
  BEFORE_RECEIVED,
  /** When an entry is held, and not yet acknowledged or shown. */
  AFTER_RECEIVED
}
