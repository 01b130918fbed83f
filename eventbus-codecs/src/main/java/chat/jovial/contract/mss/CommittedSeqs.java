package chat.jovial.contract.mss;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.util.List;

/**
 * @param seqs in the order in which the conversations were asked for
 */
@WireName("AcknowledgedEndList")
public record CommittedSeqs(List<Long> seqs) implements Reply {
  public CommittedSeqs {
    seqs = List.copyOf(seqs);
  }
}
