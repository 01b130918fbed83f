package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Request;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Changes to the caller's account. In both maps null means to remove the field. */
public record UpdateAccount(
    @Doc("Fields of the profile (name, email, phone, address): a text replaces, null removes.")
        // On the bus too a null must arrive: it is not the same as a field left out.
        @JsonInclude(value = Include.NON_NULL, content = Include.ALWAYS)
        @Nullable Map<String, @Nullable String> profile,
    @Doc(
            "Preferences by name: a text of at most 256 characters replaces, null removes; at most 64"
                + " names. presence says who may see whether the user is online: everyone (if not"
                + " set), contacts or nobody.")
        @JsonInclude(value = Include.NON_NULL, content = Include.ALWAYS)
        @Nullable Map<String, @Nullable String> preferences)
    implements Request {
  /** Preferences of one user, and of one request. */
  public static final int MAX_PREFERENCES = 64;

  private static final int MAX_VALUE_CHARACTERS = 256;

  /** They are names of fields in the store, so nothing that means something there. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public UpdateAccount {
    if (profile == null && preferences == null) {
      throw JovialException.invalid("give profile, preferences or both");
    }
    if (profile != null) {
      profile = copyOf(profile);
      // Names that no profile has are ignored, like any unknown field.
      Profile.check(
          profile.get("name"), profile.get("email"), profile.get("phone"), profile.get("address"));
    }
    if (preferences != null) {
      preferences = copyOf(preferences);
      checkPreferences(preferences);
    }
  }

  private static void checkPreferences(Map<String, @Nullable String> preferences) {
    if (preferences.size() > MAX_PREFERENCES) {
      throw JovialException.invalid(
          "preferences must have at most "
              + MAX_PREFERENCES
              + " names, but has "
              + preferences.size());
    }
    preferences.forEach(
        (name, value) -> {
          if (!NAME.matcher(name).matches()) {
            throw JovialException.invalid(
                "preferences: a name must have 1 to 64 letters a to z, digits, dashes and"
                    + " underscores");
          }
          Checks.checkOptionalText("preferences." + name, value, MAX_VALUE_CHARACTERS);
        });
    String presence = preferences.get(PresencePreference.NAME);
    if (presence != null && !PresencePreference.CHOICES.contains(presence)) {
      throw JovialException.invalid(
          "preferences.presence must be one of " + String.join(", ", PresencePreference.CHOICES));
    }
  }

  private static Map<String, @Nullable String> copyOf(Map<String, @Nullable String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** Never the content: it is personal, and stays out of logs. */
  @Override
  public String toString() {
    return "UpdateAccount[]";
  }
}
