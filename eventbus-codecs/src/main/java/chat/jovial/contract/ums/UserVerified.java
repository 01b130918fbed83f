package chat.jovial.contract.ums;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@WireName("UserVerified")
public record UserVerified(
    boolean valid,
    @Nullable String appId,
    @Nullable String userId,
    @Nullable String deviceId,
    @Nullable Instant expiresAt)
    implements Reply {}
