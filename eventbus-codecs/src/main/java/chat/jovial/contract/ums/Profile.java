package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import org.jspecify.annotations.Nullable;

/** What a user tells of themselves; every field may be missing. */
public record Profile(
    @Nullable String name,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String address) {
  public Profile {
    check(name, email, phone, address);
  }

  /** Refuses what no profile may have, by the name of the field. */
  static void check(
      @Nullable String name,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String address) {
    Checks.checkOptionalText("profile.name", name, 100);
    Checks.checkOptionalText("profile.email", email, 254);
    Checks.checkOptionalText("profile.phone", phone, 32);
    Checks.checkOptionalText("profile.address", address, 500);
  }

  /** What other users may see. */
  public Profile forOthers() {
    return new Profile(name, null, null, null);
  }
}
