package chat.jovial.client.store;

/** Numbers from one to another, both included. */
public record Range(long from, long upto) {}
