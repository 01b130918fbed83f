package chat.jovial.contract;

/** Conversations hash to a fixed number of shards; each shard has one owner at a time. */
public final class Shards {
  /** Never changes for the life of a cluster's data. */
  public static final int COUNT = 256;

  private Shards() {}

  public static int of(String conversationId) {
    int hash = conversationId.hashCode();
    // The low bits of String.hashCode are weak for ids that share a prefix: spread them.
    hash *= 0x9E3779B9;
    return hash >>> 24;
  }

  /** The bus address of a shard's owner; local to the node that owns it. */
  public static String address(int shard) {
    return Service.MDS.address() + ".shard." + shard;
  }

  /** The bus address at which a node takes requests for the shards that it owns. */
  public static String nodeAddress(String node) {
    return Service.MDS.address() + ".node." + node;
  }
}
