package chat.jovial.client.model;

/** State of a message on its way. The first five are those of an own message, in this order. */
public enum MessageState {
  /** On this device; goes out when the network is there. */
  QUEUED,
  /** On the server, permanently. */
  STORED,
  /** On a device of each other member. */
  DELIVERED,
  /** Seen by each other member. */
  READ,
  /** Refused by the server permanently; retry or discard it. */
  FAILED,
  /** A message of somebody else. */
  RECEIVED
}
