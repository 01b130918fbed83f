package chat.jovial.bench.subject;

import chat.jovial.bench.report.CpuSeconds;
import chat.jovial.bench.wire.Endpoint;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A server that runs, with what is known of its processes. Safe to use from any thread.
 *
 * @param serverPid of the server's JVM, if it runs here and is known
 * @param storePid of the embedded Cassandra, likewise
 * @param cassandra where its Cassandra listens, if that is known
 * @param keyspace the server's own
 * @param management where it serves its metrics, if that is known
 */
public record Target(
    Endpoint endpoint,
    OptionalLong serverPid,
    OptionalLong storePid,
    Optional<InetSocketAddress> cassandra,
    String keyspace,
    Optional<InetSocketAddress> management) {
  private static final OptionalLong SELF = OptionalLong.of(ProcessHandle.current().pid());

  /** Where its Cassandra listens; fails with what to do if that is not known. */
  public InetSocketAddress requireCassandra() {
    return cassandra.orElseThrow(
        () ->
            new IllegalStateException(
                "The server's Cassandra is not known: give it with --cassandra."));
  }

  /** CPU time that each has used so far. */
  public CpuSeconds cpu() {
    return new CpuSeconds(
        CpuClock.seconds(serverPid), CpuClock.seconds(storePid), CpuClock.seconds(SELF));
  }
}
