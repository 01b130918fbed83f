package chat.jovial.contract.fss;

import chat.jovial.contract.Reply;
import org.jspecify.annotations.Nullable;

/**
 * An upload as its writer goes on with it.
 *
 * @param epoch the writer's number, and the write timestamp of its chunks
 * @param chunks stored from the beginning without a gap; each is whole
 * @param length bytes of the whole file; null if it is not known yet
 */
public record Upload(
    String fileId,
    long epoch,
    int chunks,
    @Nullable Long length,
    @Nullable String name,
    String mimeType)
    implements Reply {
  public long offset() {
    return (long) chunks * Chunks.SIZE;
  }
}
