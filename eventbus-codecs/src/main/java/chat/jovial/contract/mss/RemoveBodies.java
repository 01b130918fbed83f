package chat.jovial.contract.mss;

import chat.jovial.contract.Request;
import java.util.List;

/**
 * Request to replace the bodies of some entries by tombstones that say why. All of them must be at
 * or below the committed seq, where no content ever changes.
 *
 * @param reason one of {@link chat.jovial.contract.mds.Removal}
 * @param timestamp of the tombstone in microseconds: later than that of any body the caller can
 *     have written
 */
public record RemoveBodies(String conversationId, List<Long> seqs, String reason, long timestamp)
    implements Request {
  public RemoveBodies {
    seqs = List.copyOf(seqs);
  }
}
