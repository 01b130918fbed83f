package chat.jovial.bench.files;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does one thing many times, so many at once, each over a connection of its own. */
final class Crew {
  private Crew() {}

  interface Task<T> {
    T run(HttpLine line, int number) throws IOException;
  }

  /** Results in the order of the numbers. */
  static <T> List<T> run(InetSocketAddress server, int count, int atOnce, Task<T> task)
      throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      List<Future<T>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        all.add(
            threads.submit(
                () -> {
                  try (HttpLine line = HttpLine.open(server)) {
                    return task.run(line, number);
                  }
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : all) {
        results.add(each.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? e : e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
