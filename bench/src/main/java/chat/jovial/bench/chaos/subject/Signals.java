package chat.jovial.bench.chaos.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Signals to processes that we have started. */
final class Signals {
  /** Waits for a line or our end, whichever comes first. */
  private static final String GUARD = "kill -STOP \"$1\"; IFS= read -r line; kill -CONT \"$1\"";

  private Signals() {}

  static void kill(long pid) {
    var unused = ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly);
  }

  static void terminate(long pid) {
    var unused = ProcessHandle.of(pid).map(ProcessHandle::destroy);
  }

  /**
   * Stops a process until what is returned is closed. A process of its own does it, so that it goes
   * on even if we are killed: only then can it notice that it is to end.
   */
  static AutoCloseable pause(long pid) {
    try {
      Process guard =
          new ProcessBuilder(List.of("sh", "-c", GUARD, "pause", Long.toString(pid)))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return () -> {
        guard.getOutputStream().close();
        guard.waitFor();
      };
    } catch (IOException e) {
      throw new UncheckedIOException("Process " + pid + " cannot be stopped", e);
    }
  }
}
