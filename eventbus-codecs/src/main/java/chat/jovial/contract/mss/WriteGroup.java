package chat.jovial.contract.mss;

import chat.jovial.contract.Request;
import chat.jovial.contract.mds.Entry;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Request to write entries, bodies and idempotency rows of one bucket as one mutation. Idempotent:
 * the same rows at the same timestamp are the same.
 *
 * @param epoch the write timestamp of everything in it, microseconds
 * @param committedSeqWhenWritten the committed seq when the group was made
 * @param opensBucket the bucket's index row is written and acknowledged first
 * @param fenceFrom if given, entries and bodies of this bucket from this seq on that have an older
 *     timestamp are removed permanently, also those that have yet to arrive
 */
public record WriteGroup(
    String conversationId,
    long bucket,
    long epoch,
    @JsonProperty("base") long committedSeqWhenWritten,
    Instant storedAt,
    boolean opensBucket,
    @Nullable Long fenceFrom,
    List<Entry> entries)
    implements Request {
  public WriteGroup {
    entries = List.copyOf(entries);
  }
}
