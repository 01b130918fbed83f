package chat.jovial.contract.mss;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;

/** The highest seq that is committed; 0 in an empty conversation. */
@WireName("AcknowledgedEnd")
public record CommittedSeq(long seq) implements Reply {}
