package chat.jovial.contract.mss;

import chat.jovial.contract.Doc;
import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import chat.jovial.contract.mds.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

@WireName("HistoryPage")
public record HistoryPage(
    @Doc("In order of seq.") List<Entry> entries,
    @Doc("Whether there is more in the direction asked for.") boolean more,
    @Doc(
            "Entries outside this page that edit, redact or react to one in it, in order of seq; at"
                + " most 500.")
        @Nullable List<Entry> related)
    implements Reply {
  public HistoryPage {
    entries = List.copyOf(entries);
    related = related == null ? null : List.copyOf(related);
  }
}
