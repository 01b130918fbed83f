package chat.jovial.contract.fss;

import chat.jovial.contract.Doc;
import chat.jovial.contract.Reply;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is told of a file that is complete. */
public record FileInfo(
    String fileId,
    @Doc("Whoever uploaded it.") String senderId,
    @Doc("The conversation that it was sent to, if any.") @Nullable String conversationId,
    @Nullable String name,
    @Doc("As detected from its bytes.") String mimeType,
    @Doc("Bytes.") long size,
    @Doc("Lower-case hexadecimal.") String sha256,
    Instant createdAt)
    implements Reply {}
