package chat.jovial.contract.mss;

import chat.jovial.contract.Doc;
import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import chat.jovial.contract.mds.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

@WireName("SyncPage")
public record SyncPage(
    @Doc("Newest first.") List<SyncedConversation> conversations,
    @Doc(
            "Grouped as the conversations are, ascending within each: the newest that the client"
                + " lacks, up to last_seq without a gap.")
        List<Entry> entries,
    @Doc("For the next page if there is more, else for the next sync.") String cursor,
    @Doc("Whether to ask again at once.") boolean more,
    @Doc(
            "Identity of the store's past. When it is not that of the sync before, a backup was"
                + " restored: sync without cursor and have, read again what the client has, and"
                + " send again, with their client_id, own messages that are missing.")
        @Nullable String storeId)
    implements Reply {
  public SyncPage {
    conversations = List.copyOf(conversations);
    entries = List.copyOf(entries);
  }
}
