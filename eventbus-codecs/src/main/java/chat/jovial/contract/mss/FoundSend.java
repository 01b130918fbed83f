package chat.jovial.contract.mss;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import chat.jovial.contract.mds.Entry;
import org.jspecify.annotations.Nullable;

/** The entry that the message became, or nothing. */
@WireName("FoundSend")
public record FoundSend(@Nullable Entry entry) implements Reply {}
