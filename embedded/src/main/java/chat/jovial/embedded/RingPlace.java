package chat.jovial.embedded;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The place of one embedded Cassandra among several on this machine, each on a loopback address of
 * its own. Never changes as long as its data live: the others know it by address and port.
 *
 * @param hosts the loopback addresses of all
 * @param index which of them this one is, from 0
 * @param storagePort where they speak with each other, the same on every address
 */
public record RingPlace(List<String> hosts, int index, int storagePort) {
  /** The tokens of Cassandra's Murmur3 partitioner: from -2^63 to 2^63 - 1. */
  private static final BigInteger TOKENS = BigInteger.ONE.shiftLeft(Long.SIZE);

  private static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);

  public RingPlace {
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

  /** All of them: whoever starts alone after all were stopped needs no other. */
  String seeds() {
    return hosts.stream().map(host -> host + ":" + storagePort).collect(Collectors.joining(","));
  }
}
