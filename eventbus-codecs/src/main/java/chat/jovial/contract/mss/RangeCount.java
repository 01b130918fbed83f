package chat.jovial.contract.mss;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;

/**
 * @param messages that have a text, counted up to {@link Deleted#MAX_COUNTED}
 * @param any whether there is a message or edit at all, with or without a text
 */
@WireName("RangeCount")
public record RangeCount(long messages, boolean any) implements Reply {}
