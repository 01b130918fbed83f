package chat.jovial.contract.mss;

import chat.jovial.contract.Reply;

/** The highest seq that is acknowledged; 0 in an empty conversation. */
public record AcknowledgedEnd(long seq) implements Reply {}
