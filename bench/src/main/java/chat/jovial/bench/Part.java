package chat.jovial.bench;

import java.util.Locale;

/** Parts of a run. */
enum Part {
  PAIRS,
  LATENCY,
  IDLE,
  START,
  /** One message to very many connections. */
  FANOUT,
  /** Files sent and fetched; only if asked for, as it takes minutes and gigabytes. */
  FILES,
  /** Rows of several sizes by the plain driver: how large chunks should be; only if asked for. */
  CHUNKS,
  /** Servers killed while files go up to them; only if asked for. */
  FILE_KILLS,
  /** Plain inserts into an embedded Cassandra without a server; only if asked for. */
  PLAIN;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
