package chat.jovial.contract.ums;

import chat.jovial.contract.Doc;
import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@WireName("Account")
public record Account(
    String userId,
    @Nullable String username,
    @Doc("All of it for the user's own account, only the name for others.") Profile profile,
    @Doc("Those that were set; only in the user's own account.")
        @Nullable Map<String, String> preferences,
    Instant createdAt)
    implements Reply {
  public Account {
    preferences = preferences == null ? null : Map.copyOf(preferences);
  }

  /** Never the content: it is personal, and stays out of logs. */
  @Override
  public String toString() {
    return "Account[" + userId + "]";
  }
}
