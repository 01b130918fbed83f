package chat.jovial.contract.mss;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import chat.jovial.contract.mds.Entry;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a log as a quorum of replicas showed it.
 *
 * @param bucket the newest bucket that has an index row; -1 if the log is empty
 * @param newestEpoch the write timestamp of the newest entry, 0 if there is none
 * @param committedSeqWhenWritten the committed seq when the newest entry was written: everything up
 *     to it is certain
 * @param uncertain the entries above it that were found, in order of seq, perhaps with gaps
 * @param lastStoredAt of the newest entry, or of the newest bucket's index row if that is later
 * @param sends the recent sends up to and including the committed seq, oldest first
 * @param sendsFrom from this time on, {@code sends} is complete
 * @param hidden ranges in which a previous owner may have left texts in the store; null if none
 */
@WireName("LogTail")
public record LogTail(
    long bucket,
    long newestEpoch,
    @JsonProperty("base") long committedSeqWhenWritten,
    @JsonProperty("beyond_base") List<Entry> uncertain,
    Instant lastStoredAt,
    List<RecentSend> sends,
    Instant sendsFrom,
    @Nullable List<HiddenRange> hidden)
    implements Reply {
  public LogTail {
    uncertain = List.copyOf(uncertain);
    sends = List.copyOf(sends);
    hidden = hidden == null ? null : List.copyOf(hidden);
  }
}
