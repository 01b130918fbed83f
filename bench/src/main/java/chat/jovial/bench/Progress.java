package chat.jovial.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Progress messages on standard error, with the seconds since the beginning. */
final class Progress {
  private final PrintStream out;
  private final long startNanos = System.nanoTime();

  Progress(PrintStream out) {
    this.out = out;
  }

  void say(String format, Object... arguments) {
    out.printf(
        Locale.ROOT,
        "[%4d s] %s%n",
        (System.nanoTime() - startNanos) / 1_000_000_000,
        String.format(Locale.ROOT, format, arguments));
  }
}
