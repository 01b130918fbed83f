package chat.jovial.images;

import java.io.IOException;
import java.time.Duration;

/** Deadline of the work on one image. */
final class Deadline {
  private final long atNanos;

  Deadline(Duration limit) {
    this.atNanos = System.nanoTime() + limit.toNanos();
  }

  boolean isOver() {
    return System.nanoTime() - atNanos > 0;
  }

  void check() throws IOException {
    if (isOver()) {
      throw new IOException("it takes too long");
    }
  }
}
