package chat.jovial.contract.ums;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.util.List;
import java.util.Map;

/** The public halves of the signing keys, as JSON Web Keys (RFC 7517). */
@WireName("PublicKeys")
public record PublicKeys(List<Map<String, Object>> keys) implements Reply {
  public PublicKeys {
    keys = List.copyOf(keys);
  }
}
