package chat.jovial.embedded.child;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.apache.cassandra.service.CassandraDaemon;

/**
 * Main class of the embedded Cassandra's JVM.
 *
 * <p>Its contract with the parent: one line {@code jovial-ready} on standard output when clients
 * may connect, or {@code jovial-failed MESSAGE} and the end; nothing else that starts with {@code
 * jovial-}. The line {@code stop} on standard input drains and exits with 0; the end of standard
 * input means that the parent is gone. Signals that ask to stop are ignored.
 */
public final class CassandraChild {
  private static final int EXIT_FAILED_TO_START = 3;

  private CassandraChild() {}

  public static void main(String[] arguments) {
    PrintStream toParent = System.out;
    // Whatever else prints must not mix into the lines for the parent.
    System.setOut(System.err);
    TerminalSignals.ignore();
    ParentWatch.start(System.in);
    try {
      DataLock.acquire(Path.of(arguments[0]));
      // "Managed" makes start-up failures arrive here as exceptions rather than end the JVM.
      new CassandraDaemon(true).activate();
      toParent.println("jovial-ready");
    } catch (IOException | RuntimeException | Error failure) {
      toParent.println("jovial-failed " + describe(failure));
      toParent.flush();
      ParentExit.now(EXIT_FAILED_TO_START);
    }
  }

  /** The messages from the outside in, each once, in one line. */
  private static String describe(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
      if (text.indexOf(message) < 0) {
        text.append(text.isEmpty() ? "" : ": ").append(message);
      }
    }
    return text.toString();
  }
}
