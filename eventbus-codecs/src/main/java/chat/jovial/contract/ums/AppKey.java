package chat.jovial.contract.ums;

import chat.jovial.contract.Reply;

public record AppKey(String appKey) implements Reply {}
