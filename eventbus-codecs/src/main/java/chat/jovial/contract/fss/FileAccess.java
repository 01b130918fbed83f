package chat.jovial.contract.fss;

import chat.jovial.contract.Checks;
import chat.jovial.contract.JovialException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file_token may let do. */
public final class FileAccess {
  public static final String READ = "read";

  private FileAccess() {}

  static List<String> check(@Nullable List<String> access) {
    List<String> checked = Checks.checkList("access", access, 1);
    if (!checked.equals(List.of(READ))) {
      throw JovialException.invalid("access must be [\"read\"]");
    }
    return checked;
  }
}
