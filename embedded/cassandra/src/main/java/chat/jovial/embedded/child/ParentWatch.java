package chat.jovial.embedded.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Watcher of the parent process: reads standard input on its own thread. The operating system
 * closes the pipe when the parent exits, also when it is killed, so no orphan is left.
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
      // The same as the end of the stream: the parent has exited.
    }
    // At once, without a drain: the next server may be starting and needs the data; acknowledged
    // writes are in the commit log.
    ParentExit.now(EXIT_PARENT_GONE);
  }
}
