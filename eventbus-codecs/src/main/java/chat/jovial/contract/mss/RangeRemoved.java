package chat.jovial.contract.mss;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;

/**
 * One step of {@link RemoveRange}.
 *
 * @param next where the next step begins; beyond the range when it is done
 * @param messages in this step, all of them without a body now
 * @param lastRemoved the highest seq in this step that is a message or edit without its body, 0 if
 *     none
 */
@WireName("RangeRemoved")
public record RangeRemoved(long next, long messages, long lastRemoved) implements Reply {}
