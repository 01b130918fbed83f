package chat.jovial.contract.ums;

import chat.jovial.contract.Doc;
import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;

@WireName("UserRegistered")
public record UserRegistered(@Doc("Assigned by the system; never changes.") String userId)
    implements Reply {}
