package chat.jovial.bench.chaos.subject;

/** Cuts servers off from each other and from the store. Closing what is returned mends it. */
public interface NodeCuts {
  AutoCloseable fromNodes(int node);

  AutoCloseable fromStores(int node);
}
