package chat.jovial.embedded;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the embedded Cassandra.
 *
 * @param dataDirectory folder of its data, configuration and commit log; made if it is missing
 * @param listenHost a loopback address: this Cassandra has no passwords
 * @param nativePort port for CQL clients; 0 picks a free one at each start
 * @param heapMiB largest heap of the child JVM, in MiB; it takes about as much again outside the
 *     heap
 * @param commitLogMode when a write is acknowledged
 * @param commitLogWindow how long {@link CommitLogMode#GROUP} gathers writes, or how often {@link
 *     CommitLogMode#PERIODIC} syncs; whole milliseconds, at least one
 * @param logFile Cassandra's log; what the JVM itself says goes beside it with the ending {@code
 *     .err}
 * @param ring its identity in a ring; null if there is only one
 * @param restarts whether it is restarted after a crash
 */
public record CassandraSettings(
    Path dataDirectory,
    String listenHost,
    int nativePort,
    int heapMiB,
    CommitLogMode commitLogMode,
    Duration commitLogWindow,
    Path logFile,
    @Nullable RingMember ring,
    boolean restarts) {
  /** Below this Cassandra spends its time collecting garbage. */
  private static final int MIN_HEAP_MIB = 256;

  private static final int MAX_PORT = 65535;

  public CassandraSettings {
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    logFile = logFile.toAbsolutePath().normalize();
    if (!isLoopback(listenHost)) {
      throw new IllegalArgumentException(
          "The embedded Cassandra has no passwords and listens on a loopback address only, not on "
              + listenHost
              + ". For another host run a Cassandra of your own and set"
              + " JOVIAL_CASSANDRA_CONTACT_POINTS.");
    }
    if (nativePort < 0 || nativePort > MAX_PORT) {
      throw new IllegalArgumentException(
          "JOVIAL_CASSANDRA_PORT must be 0 to " + MAX_PORT + ", not " + nativePort);
    }
    if (heapMiB < MIN_HEAP_MIB) {
      throw new IllegalArgumentException(
          "The heap of Cassandra must be at least " + MIN_HEAP_MIB + " MiB, not " + heapMiB);
    }
    if (commitLogWindow.toMillis() < 1) {
      throw new IllegalArgumentException("The commit log window must be at least 1 ms");
    }
  }

  /** The only one, restarted after a crash. */
  public CassandraSettings(
      Path dataDirectory,
      String listenHost,
      int nativePort,
      int heapMiB,
      CommitLogMode commitLogMode,
      Duration commitLogWindow,
      Path logFile) {
    this(
        dataDirectory,
        listenHost,
        nativePort,
        heapMiB,
        commitLogMode,
        commitLogWindow,
        logFile,
        null,
        true);
  }

  /**
   * Free port, 1 GiB heap, {@link CommitLogMode#GROUP} with a window of 1 ms, log in the folder.
   */
  public static CassandraSettings in(Path dataDirectory) {
    return new CassandraSettings(
        dataDirectory,
        "127.0.0.1",
        0,
        1024,
        CommitLogMode.GROUP,
        Duration.ofMillis(1),
        dataDirectory.resolve("cassandra.log"));
  }

  public CassandraSettings withNativePort(int port) {
    return new CassandraSettings(
        dataDirectory,
        listenHost,
        port,
        heapMiB,
        commitLogMode,
        commitLogWindow,
        logFile,
        ring,
        restarts);
  }

  public CassandraSettings withHeapMiB(int mebibytes) {
    return new CassandraSettings(
        dataDirectory,
        listenHost,
        nativePort,
        mebibytes,
        commitLogMode,
        commitLogWindow,
        logFile,
        ring,
        restarts);
  }

  public CassandraSettings withCommitLog(CommitLogMode mode, Duration window) {
    return new CassandraSettings(
        dataDirectory, listenHost, nativePort, heapMiB, mode, window, logFile, ring, restarts);
  }

  public CassandraSettings withLogFile(Path file) {
    return new CassandraSettings(
        dataDirectory,
        listenHost,
        nativePort,
        heapMiB,
        commitLogMode,
        commitLogWindow,
        file,
        ring,
        restarts);
  }

  /** The same as a member of a ring, on its address there. */
  public CassandraSettings withRing(RingMember member) {
    return new CassandraSettings(
        dataDirectory,
        member.hosts().get(member.index()),
        nativePort,
        heapMiB,
        commitLogMode,
        commitLogWindow,
        logFile,
        member,
        restarts);
  }

  public CassandraSettings withRestarts(boolean whenCrashed) {
    return new CassandraSettings(
        dataDirectory,
        listenHost,
        nativePort,
        heapMiB,
        commitLogMode,
        commitLogWindow,
        logFile,
        ring,
        whenCrashed);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
