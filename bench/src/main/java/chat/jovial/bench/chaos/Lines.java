package chat.jovial.bench.chaos;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;

/** Writer of lines with the seconds since the beginning. Safe to use from any thread. */
final class Lines implements Consumer<String> {
  private final PrintStream out;
  private final long startNanos = System.nanoTime();

  Lines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void accept(String line) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    out.printf(Locale.ROOT, "[%6.1f s] %s%n", seconds, line);
  }
}
