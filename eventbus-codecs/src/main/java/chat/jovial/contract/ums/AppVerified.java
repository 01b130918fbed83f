package chat.jovial.contract.ums;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import org.jspecify.annotations.Nullable;

@WireName("AppVerified")
public record AppVerified(boolean valid, @Nullable String appId, @Nullable String name)
    implements Reply {}
