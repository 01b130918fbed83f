package chat.jovial.embedded.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Reads standard input on a thread of its own. The operating system closes the pipe when the parent
 * dies, however it dies, so a killed parent leaves no orphan.
 */
final class ParentWatch {

  private static final int EXIT_PARENT_GONE = 4;

  private ParentWatch() {}

  static void start(InputStream input) {
    Thread thread = new Thread(() -> watch(input), "parent-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void watch(InputStream input) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("stop")) {
          // Runs Cassandra's shutdown hook: refuse clients, flush, drain.
          System.exit(0);
        }
      }
    } catch (IOException e) {
      // The same as the end of the stream: nobody is there any more.
    }
    // At once, without a drain: the next server may start this moment and wants the data, and what
    // was acknowledged is in the commit log.
    Death.now(EXIT_PARENT_GONE);
  }
}
