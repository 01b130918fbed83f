package chat.jovial.bench;

/** Parts of a run. */
enum Part {
  PAIRS,
  LATENCY,
  IDLE,
  START,
  /** One message to very many connections. */
  FANOUT,
  /** Plain inserts into an embedded Cassandra without a server; only if asked for. */
  PLAIN
}
