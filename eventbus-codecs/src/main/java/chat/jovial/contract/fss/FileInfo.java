package chat.jovial.contract.fss;

import chat.jovial.contract.Doc;
import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is told of a file that is complete. */
@WireName("FileInfo")
public record FileInfo(
    String fileId,
    @Doc("Whoever uploaded it.") String senderId,
    @Doc("The conversation that it was uploaded to, if any.") @Nullable String conversationId,
    @Nullable String name,
    @Doc("As detected from its bytes.") String mimeType,
    @Doc("Bytes.") long size,
    @Doc("Lower-case hexadecimal.") String sha256,
    Instant createdAt,
    @Doc("Pixels, of images.") @Nullable Integer width,
    @Doc("Pixels, of images.") @Nullable Integer height,
    @Doc("True while the malware scanner has not passed it: nobody can read it yet.")
        @Nullable Boolean checking)
    implements Reply {}
