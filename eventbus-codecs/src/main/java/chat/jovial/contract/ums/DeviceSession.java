package chat.jovial.contract.ums;

import chat.jovial.contract.Doc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

public record DeviceSession(
    String deviceId,
    Instant createdAt,
    @Doc("The last login or refresh.") Instant lastSeenAt,
    @Doc("Whether this is the device that asks.") boolean current,
    @Nullable String userAgent) {}
