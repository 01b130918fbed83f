package chat.jovial.contract.mss;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import chat.jovial.contract.mds.Entry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a log as a quorum of replicas showed it.
 *
 * @param bucket the newest bucket that has an index row; -1 if the log is empty
 * @param newestEpoch the write timestamp of the newest entry, 0 if there is none
 * @param base the acknowledged end that the newest entry bears: everything up to it is certain
 * @param beyondBase the entries above base that were found, in order of seq, perhaps with gaps
 * @param lastStoredAt of the newest entry, or of the newest bucket's index row if that is later
 * @param sends the recent sends up to and including base, oldest first
 * @param sendsFrom from this time on, {@code sends} is complete
 * @param hidden ranges in which a former owner may have left texts in the store; null if none
 */
@WireName("LogTail")
public record LogTail(
    long bucket,
    long newestEpoch,
    long base,
    List<Entry> beyondBase,
    Instant lastStoredAt,
    List<RecentSend> sends,
    Instant sendsFrom,
    @Nullable List<HiddenRange> hidden)
    implements Reply {
  public LogTail {
    beyondBase = List.copyOf(beyondBase);
    sends = List.copyOf(sends);
    hidden = hidden == null ? null : List.copyOf(hidden);
  }
}
