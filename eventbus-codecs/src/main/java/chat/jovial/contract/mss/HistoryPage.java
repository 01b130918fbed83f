package chat.jovial.contract.mss;

import chat.jovial.contract.Doc;
import chat.jovial.contract.Reply;
import chat.jovial.contract.mds.Entry;
import java.util.List;

public record HistoryPage(
    @Doc("In order of seq.") List<Entry> entries,
    @Doc("Whether there is more in the direction asked for.") boolean more)
    implements Reply {
  public HistoryPage {
    entries = List.copyOf(entries);
  }
}
