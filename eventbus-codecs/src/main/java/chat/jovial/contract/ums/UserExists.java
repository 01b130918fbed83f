package chat.jovial.contract.ums;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;

@WireName("UserExists")
public record UserExists(boolean exists) implements Reply {}
