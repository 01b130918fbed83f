package chat.jovial.contract.session;

import chat.jovial.contract.Doc;
import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reply to an opened session. */
@WireName("SessionOpened")
public record SessionOpened(
    String userId,
    String deviceId,
    Instant serverTime,
    @Doc("Milliseconds; a connection that is silent for twice as long is closed.")
        long pingIntervalMs,
    @Doc("Where HTTP and files are reached, if that is not where this connection leads.")
        @Nullable String httpUrl)
    implements Reply {}
