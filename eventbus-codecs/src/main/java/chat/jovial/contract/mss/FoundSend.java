package chat.jovial.contract.mss;

import chat.jovial.contract.Reply;
import chat.jovial.contract.mds.Entry;
import org.jspecify.annotations.Nullable;

/** The entry that the message became, or nothing. */
public record FoundSend(@Nullable Entry entry) implements Reply {}
