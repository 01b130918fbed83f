package chat.jovial.bench.chaos.subject;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * System under test: servers on store processes. Nodes and stores have indexes from 0. May be used
 * from any thread; futures complete when what was started serves.
 */
public interface Subject extends AutoCloseable {
  int nodes();

  int stores();

  InetSocketAddress tcp(int node);

  URI http(int node);

  /** Where the store's own protocol is spoken. */
  InetSocketAddress store(int store);

  /** What the servers open their keys with, in Base64. */
  String masterKey();

  void killNode(int node);

  /** Asks it to stop in order; completes when it has. */
  CompletableFuture<Void> stopNode(int node);

  /**
   * Starts one that has ended.
   *
   * @param clockOffset by how much its clock is wrong
   */
  CompletableFuture<Void> startNode(int node, Duration clockOffset);

  void killStore(int store);

  CompletableFuture<Void> startStore(int store);

  /** Holds a node; closing what is returned, or our own end, lets it go on. */
  AutoCloseable pauseNode(int node);

  AutoCloseable pauseStore(int store);

  /** What can be cut beside the connections of devices; empty if this machine does not let us. */
  Optional<NodeCuts> cuts();

  /** What servers have written about living nodes that they took for dead, by our reading. */
  FalseAlarms falseAlarms();

  /** Ends all processes. Blocks. */
  @Override
  void close();
}
