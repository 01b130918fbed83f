package chat.jovial.contract.mss;

import chat.jovial.contract.Request;
import chat.jovial.contract.mds.Entry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries, bodies and idempotency rows of one bucket as one mutation. May be repeated: the
 * same rows at the same timestamp are the same.
 *
 * @param epoch the write timestamp of everything in it, microseconds
 * @param base the acknowledged end when the group was made
 * @param opensBucket the bucket's index row is written and acknowledged first
 * @param fenceFrom if given, entries and bodies of this bucket from this seq on that bear an older
 *     timestamp are removed for good, also those that have yet to arrive
 */
public record WriteGroup(
    String conversationId,
    long bucket,
    long epoch,
    long base,
    Instant storedAt,
    boolean opensBucket,
    @Nullable Long fenceFrom,
    List<Entry> entries)
    implements Request {
  public WriteGroup {
    entries = List.copyOf(entries);
  }
}
