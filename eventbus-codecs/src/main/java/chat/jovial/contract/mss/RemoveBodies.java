package chat.jovial.contract.mss;

import chat.jovial.contract.Request;
import java.util.List;

/**
 * Takes the bodies of some entries away and leaves the mark that says why. All of them must be at
 * or below the acknowledged end, where no content ever changes.
 *
 * @param reason one of {@link chat.jovial.contract.mds.Removal}
 * @param timestamp of the mark in microseconds: later than that of any body the caller can have
 *     written
 */
public record RemoveBodies(String conversationId, List<Long> seqs, String reason, long timestamp)
    implements Request {
  public RemoveBodies {
    seqs = List.copyOf(seqs);
  }
}
