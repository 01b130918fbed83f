package chat.jovial.contract.ums;

import chat.jovial.contract.Reply;
import org.jspecify.annotations.Nullable;

public record AppVerified(boolean valid, @Nullable String appId, @Nullable String name)
    implements Reply {}
