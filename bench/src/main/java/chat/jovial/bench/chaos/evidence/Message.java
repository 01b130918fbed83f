package chat.jovial.bench.chaos.evidence;

import org.jspecify.annotations.Nullable;

/**
 * Message that a device was told to send, with what its sender saw of it. Times are {@code
 * System.nanoTime}, 0 if it did not happen. Written by the threads of its device, one after the
 * other; may be read by any.
 */
public final class Message {
  private final long key;
  private final long replyTo;
  private final long sentNanos;
  private volatile long queuedNanos;
  private volatile long storedNanos;
  private volatile long seq;
  private volatile @Nullable String refusal;

  Message(long key, long replyTo, long sentNanos) {
    this.key = key;
    this.replyTo = replyTo;
    this.sentNanos = sentNanos;
  }

  public long key() {
    return key;
  }

  /** The seq that it answers; 0 if none. */
  public long replyTo() {
    return replyTo;
  }

  public long sentNanos() {
    return sentNanos;
  }

  /** When it was stored on the device. */
  public long queuedNanos() {
    return queuedNanos;
  }

  /** When the sender saw {@code stored}. */
  public long storedNanos() {
    return storedNanos;
  }

  /** What the sender was told with it; 0 if nothing. */
  public long seq() {
    return seq;
  }

  /** The code with which the server refused it permanently. */
  public @Nullable String refusal() {
    return refusal;
  }

  public boolean wasStored() {
    return storedNanos != 0;
  }

  /** Whether the sender still waits for an answer that it was promised. */
  public boolean isOpen() {
    return queuedNanos != 0 && storedNanos == 0 && refusal == null;
  }

  public void noteQueued(long nanos) {
    queuedNanos = nanos;
  }

  public void noteStored(long toldSeq, long nanos) {
    seq = toldSeq;
    storedNanos = nanos;
  }

  public void noteRefused(String code) {
    refusal = code;
  }
}
