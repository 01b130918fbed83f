package chat.jovial.contract.mss;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;

/** The seq asked for; one beyond the end if everything was stored earlier. */
@WireName("FoundTime")
public record FoundTime(long seq) implements Reply {}
