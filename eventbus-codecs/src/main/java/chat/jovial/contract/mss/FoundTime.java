package chat.jovial.contract.mss;

import chat.jovial.contract.Reply;

/** The seq asked for; one beyond the end if everything was stored earlier. */
public record FoundTime(long seq) implements Reply {}
