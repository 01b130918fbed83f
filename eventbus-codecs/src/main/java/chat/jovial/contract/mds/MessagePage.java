package chat.jovial.contract.mds;

import chat.jovial.contract.Doc;
import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.util.List;
import org.jspecify.annotations.Nullable;

@WireName("MessagePage")
public record MessagePage(
    @Doc("Newest first.") List<Entry> messages,
    @Doc("For the next page; missing on the last one.") @Nullable String cursor,
    @Doc("Whether there are older ones.") boolean more)
    implements Reply {
  public MessagePage {
    messages = List.copyOf(messages);
  }
}
