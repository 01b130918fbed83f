package chat.jovial.contract.mss;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import chat.jovial.contract.mds.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry that is going to be changed.
 *
 * @param entry missing if there is none at that seq
 * @param edits the seqs of its edits, lowest first; empty unless asked for
 * @param reactions of the user asked for; null if none was
 */
@WireName("Target")
public record Target(@Nullable Entry entry, List<Long> edits, @Nullable Integer reactions)
    implements Reply {
  public Target {
    edits = List.copyOf(edits);
  }
}
