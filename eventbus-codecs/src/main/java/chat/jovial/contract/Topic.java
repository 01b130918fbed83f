package chat.jovial.contract;

/** A bus address on which one kind of record is published to every node that listens. */
public record Topic<B extends Broadcast>(String address, Class<B> type) {}
