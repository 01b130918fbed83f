package chat.jovial.embedded;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Identity of one embedded Cassandra in a ring on this machine, where each has its own loopback
 * address. It must not change while its data exist: the others know it by address and port.
 *
 * @param hosts the loopback addresses of all
 * @param index which of them this one is, from 0
 * @param storagePort the port of their internal traffic, the same on every address
 */
public record RingMember(List<String> hosts, int index, int storagePort) {
  /** The tokens of Cassandra's Murmur3 partitioner: from -2^63 to 2^63 - 1. */
  private static final BigInteger TOKENS = BigInteger.ONE.shiftLeft(Long.SIZE);

  private static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);

  public RingMember {
    hosts = List.copyOf(hosts);
  }

  /** Its one token, so that each holds an equal part. */
  String token() {
    return TOKENS
        .multiply(BigInteger.valueOf(index))
        .divide(BigInteger.valueOf(hosts.size()))
        .add(LOWEST)
        .add(BigInteger.ONE)
        .toString();
  }

  /** All of them: the first one to start again needs no other. */
  String seeds() {
    return hosts.stream().map(host -> host + ":" + storagePort).collect(Collectors.joining(","));
  }
}
