package chat.jovial.contract.mds;

import chat.jovial.contract.Doc;
import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@WireName("Stored")
public record Stored(
    String conversationId,
    long seq,
    String clientId,
    Instant storedAt,
    @Doc("True if this client_id was stored before; the other fields are those of that time.")
        @Nullable Boolean duplicate)
    implements Reply {}
