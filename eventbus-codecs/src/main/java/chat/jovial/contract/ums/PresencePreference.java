package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may see whether a user is online, by the user's own choice.
 *
 * @param presence one of {@link #CHOICES}
 * @param lastSeen when the last device went offline; to be told to those only who may see it
 */
public record PresencePreference(String userId, String presence, @Nullable Instant lastSeen) {
  /** Its name among the preferences of an account. */
  public static final String NAME = "presence";

  /** Every user of the app; so it is while a user has chosen nothing. */
  public static final String EVERYONE = "everyone";

  /** Those with whom the user has a conversation. */
  public static final String CONTACTS = "contacts";

  public static final String NOBODY = "nobody";

  public static final List<String> CHOICES = List.of(EVERYONE, CONTACTS, NOBODY);

  public PresencePreference {
    Checks.checkPresent("user_id", userId);
    Checks.checkPresent("presence", presence);
  }
}
