package chat.jovial.contract.ums;

import chat.jovial.contract.Reply;

public record UserExists(boolean exists) implements Reply {}
