package chat.jovial.contract;

/** What a service tells every node, best effort: an immutable record, published on its topic. */
public interface Broadcast {}
