package chat.jovial.contract.mds;

import chat.jovial.contract.Broadcast;
import chat.jovial.contract.WireName;

/**
 * Shards have been freed or claimed: nodes look at the table now rather than a second later. A hint
 * only; the table is the record.
 *
 * @param node who freed or claimed
 */
@WireName("ShardsMoved")
public record ShardsMoved(String node) implements Broadcast {}
