package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Request;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

public record RegisterUser(
    @Doc("Or the header X-App-Key over HTTP.") String appKey,
    @Doc("8 to 256 characters.") String password,
    @Doc(
            "3 to 32 letters, digits, dots, dashes and underscores; unique in the app, whatever the"
                + " case.")
        @Nullable String username,
    @Nullable Profile profile)
    implements Request {
  public RegisterUser {
    Checks.checkText("app_key", appKey, 4096);
    Checks.checkText("password", password, 256);
    if (password.length() < 8) {
      throw JovialException.invalid("password must have at least 8 characters");
    }
    username = username == null ? null : checkUsername(username);
  }

  /** In Unicode's form NFKC, so that one name has one spelling; marks belong to letters. */
  private static String checkUsername(String username) {
    String normal = Normalizer.normalize(username, Normalizer.Form.NFKC);
    if (!normal.matches("[\\p{L}\\p{M}\\p{N}._-]{3,32}")) {
      throw JovialException.invalid(
          "username must have 3 to 32 letters, digits, dots, dashes and underscores");
    }
    return normal;
  }

  @Override
  public String toString() {
    return "RegisterUser[username=" + username + "]";
  }
}
