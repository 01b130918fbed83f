package chat.jovial.contract.mss;

import chat.jovial.contract.Doc;
import chat.jovial.contract.Reply;

public record Deleted(
    @Doc("Messages whose body this call removed; a repeated call finds fewer.") long deleted)
    implements Reply {}
