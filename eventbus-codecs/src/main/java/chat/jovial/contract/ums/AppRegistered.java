package chat.jovial.contract.ums;

import chat.jovial.contract.Doc;
import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;

@WireName("AppRegistered")
public record AppRegistered(
    String appId,
    @Doc("Random; shown this once, stored only as a hash.") String appSecret,
    @Doc("A signed web token that says which app a client belongs to; not a secret.") String appKey)
    implements Reply {
  @Override
  public String toString() {
    return "AppRegistered[appId=" + appId + "]";
  }
}
