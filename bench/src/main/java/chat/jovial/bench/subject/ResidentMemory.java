package chat.jovial.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks again and again at what a process has in memory, as the system counts it, and keeps the
 * most. A thread of its own until it is closed.
 */
public final class ResidentMemory implements AutoCloseable {
  private static final long LOOK_MILLIS = 100;
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final long KIB = 1024;

  private final long pid;
  private final Thread thread;
  private volatile long most;
  private volatile boolean closed;

  private ResidentMemory(long pid) {
    this.pid = pid;
    this.thread = new Thread(this::watch, "resident-memory");
  }

  public static ResidentMemory watch(long pid) {
    ResidentMemory watch = new ResidentMemory(pid);
    watch.most = now(pid);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  /** Bytes of a process. */
  public static long now(long pid) {
    try {
      Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
      if (resident.find()) {
        return Long.parseLong(resident.group(1)) * KIB;
      }
    } catch (IOException e) {
      throw new IllegalStateException("Process " + pid + " cannot be looked at: " + e, e);
    }
    throw new IllegalStateException("Process " + pid + " does not say what memory it has.");
  }

  /** The most since the beginning, in bytes. */
  public long most() {
    most = Math.max(most, now(pid));
    return most;
  }

  private void watch() {
    try {
      while (!closed) {
        most = Math.max(most, now(pid));
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
