package chat.jovial.contract.ums;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;

@WireName("AppKey")
public record AppKey(String appKey) implements Reply {}
