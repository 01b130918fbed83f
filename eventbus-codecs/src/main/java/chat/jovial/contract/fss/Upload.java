package chat.jovial.contract.fss;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An upload as it stands.
 *
 * @param epoch the present writer's number, and the write timestamp of its chunks
 * @param offset bytes stored from the beginning without a gap
 * @param length bytes of the whole file; null if it is not known yet
 * @param complete whether it is a file now; the offset is its size then
 * @param expiresAt when it is given up, unless it goes on
 */
@WireName("Upload")
public record Upload(
    String fileId,
    FilePlace place,
    long epoch,
    long offset,
    @Nullable Long length,
    boolean complete,
    Instant expiresAt)
    implements Reply {}
