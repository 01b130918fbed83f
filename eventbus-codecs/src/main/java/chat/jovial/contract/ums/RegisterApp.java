package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Request;
import org.jspecify.annotations.Nullable;

public record RegisterApp(
    @Doc("Shown to the app's users; at most 100 characters.") String name,
    @Doc("The operator's key, where the operator does not let just anyone register apps.")
        @Nullable String operatorKey)
    implements Request {
  public RegisterApp {
    Checks.checkText("name", name, 100);
    Checks.checkOptionalText("operator_key", operatorKey, 200);
  }

  @Override
  public String toString() {
    return "RegisterApp[name=" + name + "]";
  }
}
